package dev.sluice.architecture.planted.frontend;

import ai.onnxruntime.OrtEnvironment;

public class RunsModels {
    OrtEnvironment runtime() {
        return OrtEnvironment.getEnvironment();
    }
}
