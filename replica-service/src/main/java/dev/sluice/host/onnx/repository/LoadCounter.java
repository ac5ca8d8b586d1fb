package dev.sluice.host.onnx.repository;

/** How often versions were loaded, first or again. */
public interface LoadCounter {
    void loaded(boolean good);
}
