package dev.sluice.common.tensor;

import java.util.List;
import java.util.Optional;

/**
 * What a caller asks of a model.
 *
 * @param form in which it was asked, and is answered
 * @param id to be repeated in the answer; empty where there is none
 * @param inputs by name
 * @param outputs that are asked for, in this order; none: all
 * @param binary whether outputs that do not say otherwise are to be binary data
 */
public record InferRequest(Form form, String id, List<Tensor> inputs, List<Asked> outputs, boolean binary) {

    /** How a query's body is laid out. */
    public enum Form {
        /** The protocol's own. */
        INFER,
        /** JSON of the only input's elements; answered by the only output's, or an object of all by name. */
        PLAIN,
        /** A JSON object of elements by the input's name; answered by one by the output's name. */
        NAMED,
        /** The bytes of the only input; answered by those of the only output. */
        RAW
    }

    public InferRequest {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /**
     * An output that is asked for.
     *
     * @param name of the output
     * @param binary whether it is to be binary data; empty where it is as for all
     */
    public record Asked(String name, Optional<Boolean> binary) {}

    /** What is left to know once the inputs were read. */
    public InferRequest withoutInputs() {
        return new InferRequest(form, id, List.of(), outputs, binary);
    }

    /** Frees the data of the inputs. */
    public void release() {
        inputs.forEach(Tensor::release);
    }
}
