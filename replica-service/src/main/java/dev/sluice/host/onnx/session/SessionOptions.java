package dev.sluice.host.onnx.session;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.ExecutionMode;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import dev.sluice.sdk.actor.InvalidActorException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** ONNX Runtime's options for settings. */
final class SessionOptions {

    private SessionOptions() {}

    /**
     * @param settings that say how many threads
     * @return to be closed once the session is made
     */
    @SuppressWarnings("MustBeClosedChecker")
    static OrtSession.SessionOptions of(RuntimeSettings settings) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        try {
            // Whatever it has to say it says in exceptions as well; this would go to the error stream, past all
            // logging.
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            options.setIntraOpNumThreads(settings.intraThreads());
            options.setInterOpNumThreads(settings.interThreads());
            options.setExecutionMode(settings.interThreads() > 1 ? ExecutionMode.PARALLEL : ExecutionMode.SEQUENTIAL);
            options.setOptimizationLevel(level(settings.optimisation()));
            String spinning = settings.spinning() ? "1" : "0";
            options.addConfigEntry("session.intra_op.allow_spinning", spinning);
            options.addConfigEntry("session.inter_op.allow_spinning", spinning);
            provide(options, settings.provider());
            return options;
        } catch (OrtException | RuntimeException e) {
            options.close();
            throw e;
        }
    }

    private static OptLevel level(RuntimeSettings.Optimisation optimisation) {
        return switch (optimisation) {
            case NONE -> OptLevel.NO_OPT;
            case BASIC -> OptLevel.BASIC_OPT;
            case EXTENDED -> OptLevel.EXTENDED_OPT;
            case ALL -> OptLevel.ALL_OPT;
        };
    }

    private static void provide(OrtSession.SessionOptions options, String provider) throws OrtException {
        EnumSet<OrtProvider> available = OrtEnvironment.getAvailableProviders();
        OrtProvider asked = available.stream()
                .filter(each -> name(each).equals(provider))
                .findFirst()
                .orElseThrow(() -> new InvalidActorException("The execution provider is '" + provider
                        + "', and this build of ONNX Runtime has " + names(available) + "."));
        switch (asked) {
            case CPU -> options.addCPU(true);
            case CUDA -> options.addCUDA();
            case TENSOR_RT -> options.addTensorrt(0);
            case ROCM -> options.addROCM();
            case DNNL -> options.addDnnl(true);
            case OPEN_VINO -> options.addOpenVINO("");
            case CORE_ML -> options.addCoreML();
            case DIRECT_ML -> options.addDirectML(0);
            case XNNPACK -> options.addXnnpack(Map.of());
            default ->
                throw new InvalidActorException(
                        "The execution provider '" + provider + "' is none that models can be set to here.");
        }
    }

    private static List<String> names(EnumSet<OrtProvider> providers) {
        return providers.stream().map(SessionOptions::name).toList();
    }

    private static String name(OrtProvider provider) {
        return provider.name().toLowerCase(Locale.ROOT).replace("_", "");
    }
}
