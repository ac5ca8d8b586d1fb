package dev.sluice.client.tensor;

import java.util.List;
import java.util.NoSuchElementException;

/**
 * What a model answered.
 *
 * @param model its name
 * @param version that answered
 */
public record Inference(String model, String version, List<Tensor> outputs) {

    public Inference {
        outputs = List.copyOf(outputs);
    }

    /** @throws NoSuchElementException where there is no such output */
    public Tensor output(String name) {
        return outputs.stream()
                .filter(output -> output.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("The model " + model + " gave no output '" + name
                        + "'; it gave " + outputs.stream().map(Tensor::name).toList() + "."));
    }

    /** The one output that there is. */
    public Tensor output() {
        if (outputs.size() != 1) {
            throw new NoSuchElementException("The model " + model + " gave "
                    + outputs.stream().map(Tensor::name).toList() + ": ask for one by its name.");
        }
        return outputs.get(0);
    }
}
