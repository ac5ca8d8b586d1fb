package dev.sluice.host.onnx.session;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtException.OrtErrorCode;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import java.util.regex.Pattern;

/** What ONNX Runtime's errors mean to callers and operators. */
public final class RuntimeErrors {

    private static final int LONGEST = 300;
    private static final Pattern CODE = Pattern.compile("^Error code - \\w+ - message: ");
    private static final Pattern NODE = Pattern.compile(
            "Non-zero status code returned while running (\\w+) node\\. Name:'([^']*)' Status Message: ");

    /** The name of the file is said already, and its place is nobody else's business. */
    private static final Pattern LOAD = Pattern.compile("Load model from .* failed: ?");

    /** The place in its source code where it noticed. */
    private static final Pattern PLACE = Pattern.compile("\\S+\\.(cc|h|hpp):\\d+ .*?(?=\\b[A-Z][a-z])");

    private RuntimeErrors() {}

    /** Why a query ended: what a model does not take is its caller's, everything else the model's. */
    public static Failure failure(OrtException e) {
        boolean input = e.getCode() == OrtErrorCode.ORT_INVALID_ARGUMENT;
        return new Failure(
                input ? ErrorCode.INVALID_INPUT : ErrorCode.FAILED,
                (input ? "The model does not take this input: " : "The model failed: ") + plain(e) + ".");
    }

    /** Its message without what only its developers want to know, and without the full stop. */
    public static String plain(OrtException e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        String plain = CODE.matcher(message.strip()).replaceFirst("");
        plain = NODE.matcher(plain).replaceAll("$1 '$2': ");
        plain = LOAD.matcher(plain).replaceAll("");
        plain = PLACE.matcher(plain).replaceAll("");
        plain = plain.replaceAll("\\s+", " ").strip();
        if (plain.length() > LONGEST) {
            plain = plain.substring(0, LONGEST) + "...";
        }
        return plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
    }
}
