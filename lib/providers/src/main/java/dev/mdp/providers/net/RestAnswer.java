package dev.mdp.providers.net;

import java.net.http.HttpHeaders;

/// What a server answered; of a refusal the body may be missing.
record RestAnswer(int status, HttpHeaders headers, String body) {}
