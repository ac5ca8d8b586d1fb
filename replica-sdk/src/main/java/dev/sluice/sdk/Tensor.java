package dev.sluice.sdk;

import dev.sluice.common.tensor.DataType;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How a method's input (at its parameter) or its result (at the method) is called as a tensor of the Open Inference Protocol. Without it
 * they are {@code input} and {@code output}, of any size.
 *
 * <pre>{@code
 * @Tensor(name = "probabilities", shape = 10)
 * @BatchedInput
 * public float[][] call(@Tensor(name = "pixels", shape = {28, 28}) float[][][] images) { ... }
 * }</pre>
 */
@Documented
@Target({ElementType.PARAMETER, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Tensor {

    /** The tensor's name. */
    String name() default "";

    /** The sizes of one value's dimensions, -1 for any; of a batched method without the batch's own. As many as the type has. */
    int[] shape() default {};

    /**
     * One other type than that of the Java type, of the same size and with the same bits: {@code UINT8} for {@code byte}, {@code UINT16},
     * {@code FP16} and {@code BF16} for {@code short}, {@code UINT32} for {@code int}, {@code UINT64} for {@code long}. {@code INT8} and
     * {@code UINT8} make numbers of a {@code byte[]}, which is one string of bytes else.
     */
    DataType[] datatype() default {};
}
