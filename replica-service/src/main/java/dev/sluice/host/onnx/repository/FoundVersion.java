package dev.sluice.host.onnx.repository;

/**
 * One version of a model as it lies in the folder.
 *
 * @param model the name of its folder
 * @param version the name of the folder in that
 */
public record FoundVersion(String model, String version) {

    @Override
    public String toString() {
        return "version " + version + " of the model " + model;
    }
}
