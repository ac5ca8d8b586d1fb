package dev.sluice.common.tensor;

import dev.sluice.common.error.QueryException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether tensors are what a model takes. */
public final class InputCheck {

    private final List<TensorSpec> declared;

    /** @param declared the inputs of the model */
    public InputCheck(List<TensorSpec> declared) {
        this.declared = List.copyOf(declared);
    }

    /**
     * @return the tensors in the order in which the model declares them
     * @throws QueryException with {@code INVALID_INPUT} and a sentence that says what is expected and what was given
     */
    public List<Tensor> inOrder(List<Tensor> given) {
        Set<String> names = new HashSet<>();
        for (Tensor tensor : given) {
            if (!names.add(tensor.name())) {
                throw Invalid.input("The input '" + tensor.name() + "' was given twice.");
            }
            if (declared.stream().noneMatch(spec -> spec.name().equals(tensor.name()))) {
                throw Invalid.input("The model has no input '" + tensor.name() + "'; it takes " + declared + ".");
            }
        }
        List<Tensor> ordered = new ArrayList<>(declared.size());
        for (TensorSpec spec : declared) {
            Tensor tensor = given.stream()
                    .filter(each -> each.name().equals(spec.name()))
                    .findFirst()
                    .orElseThrow(
                            () -> Invalid.input("The input '" + spec.name() + "' is missing: expected " + spec + "."));
            check(tensor, spec);
            ordered.add(tensor);
        }
        return ordered;
    }

    private static void check(Tensor tensor, TensorSpec spec) {
        if (tensor.type() != spec.type() || !Shapes.fits(tensor.shape(), spec.shape())) {
            throw Invalid.input("The input '" + spec.name() + "' is " + spec.type() + Shapes.text(spec.shape())
                    + ", and " + tensor.type() + Shapes.text(tensor.shape()) + " was given.");
        }
    }
}
