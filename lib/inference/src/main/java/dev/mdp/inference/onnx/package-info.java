/// Models: ONNX files, as skl2onnx exports them from scikit-learn, scored with ONNX Runtime.
///
/// A model is scored on its own thread, one batch at a time, within a deadline and behind a circuit
/// breaker: a model that fails or hangs costs its signals, never the worker. What a model says
/// comes from its file alone; pickles are code and are never loaded.
@NullMarked
package dev.mdp.inference.onnx;

import org.jspecify.annotations.NullMarked;
