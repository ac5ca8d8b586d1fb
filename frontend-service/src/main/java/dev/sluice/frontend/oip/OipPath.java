package dev.sluice.frontend.oip;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.http.TargetPath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a path under {@code /v2} names.
 *
 * @param model its name; empty where the path is not of one model
 * @param version of it; null where the path names none
 */
record OipPath(Resource resource, String model, @Nullable String version) {

    /** What there is; those that are posted to, and those that are read. */
    enum Resource {
        SERVER(false),
        LIVE(false),
        READY(false),
        MODELS(false),
        ALL_STATISTICS(false),
        MODEL(false),
        MODEL_READY(false),
        CONFIG(false),
        STATISTICS(false),
        INFER(true),
        GENERATE(true),
        GENERATE_STREAM(true),
        INDEX(true),
        LOAD(true),
        UNLOAD(true);

        private final boolean posted;

        Resource(boolean posted) {
            this.posted = posted;
        }

        boolean isPosted() {
            return posted;
        }

        /** Whether it is for everybody: those who look whether this frontend works have no credentials. */
        boolean isOpen() {
            return this == LIVE || this == READY;
        }
    }

    private static final String ROOT = "/v2";

    /** Whether a request's path is this protocol's. */
    static boolean isUnderRoot(String path) {
        return path.startsWith(ROOT) && (path.length() == ROOT.length() || "/?#".indexOf(path.charAt(3)) >= 0);
    }

    /**
     * @param path one that {@link #isUnderRoot}
     * @throws QueryException {@code NOT_FOUND} where nothing is there, {@code INVALID_INPUT} for broken percent-encoding
     */
    static OipPath parse(String path) {
        List<String> names = names(path);
        String area = names.isEmpty() ? ROOT : names.get(0);
        OipPath found = switch (area) {
            case ROOT -> new OipPath(Resource.SERVER, "", null);
            case "health" -> names.size() == 2 ? health(names.get(1)) : null;
            case "models" -> models(names);
            case "repository" -> repository(names);
            default -> null;
        };
        if (found == null) {
            throw new QueryException(
                    ErrorCode.NOT_FOUND,
                    "Nothing is at this path. There are /v2, /v2/health/live and /ready, /v2/models/MODEL with or without"
                            + " /versions/VERSION, behind it /ready, /config, /stats, /infer, /generate and /generate_stream,"
                            + " and /v2/repository/index.");
        }
        return found;
    }

    private static List<String> names(String path) {
        int end = path.length();
        for (int i = 0; i < end; i++) {
            if (path.charAt(i) == '?' || path.charAt(i) == '#') {
                end = i;
            }
        }
        if (end > ROOT.length() && path.charAt(end - 1) == '/') {
            end--;
        }
        List<String> names = new ArrayList<>();
        for (int from = ROOT.length() + 1; from <= end; ) {
            int slash = path.indexOf('/', from);
            int to = slash < 0 || slash > end ? end : slash;
            names.add(TargetPath.decoded(path.substring(from, to)));
            from = to + 1;
        }
        return names;
    }

    private static @Nullable OipPath health(String what) {
        return switch (what) {
            case "live" -> new OipPath(Resource.LIVE, "", null);
            case "ready" -> new OipPath(Resource.READY, "", null);
            default -> null;
        };
    }

    private static @Nullable OipPath models(List<String> names) {
        if (names.size() == 1) {
            return new OipPath(Resource.MODELS, "", null);
        }
        String model = names.get(1);
        if (names.size() == 2 && model.equals("stats")) {
            return new OipPath(Resource.ALL_STATISTICS, "", null);
        }
        boolean versioned = names.size() >= 4 && names.get(2).equals("versions");
        String version = versioned ? names.get(3) : null;
        List<String> rest = names.subList(versioned ? 4 : 2, names.size());
        Resource resource = rest.isEmpty() ? Resource.MODEL : rest.size() == 1 ? ofModel(rest.get(0)) : null;
        return resource == null || model.isEmpty() ? null : new OipPath(resource, model, version);
    }

    private static @Nullable Resource ofModel(String what) {
        return switch (what) {
            case "ready" -> Resource.MODEL_READY;
            case "config" -> Resource.CONFIG;
            case "stats" -> Resource.STATISTICS;
            case "infer" -> Resource.INFER;
            case "generate" -> Resource.GENERATE;
            case "generate_stream" -> Resource.GENERATE_STREAM;
            default -> null;
        };
    }

    private static @Nullable OipPath repository(List<String> names) {
        if (names.size() == 2 && names.get(1).equals("index")) {
            return new OipPath(Resource.INDEX, "", null);
        }
        if (names.size() != 4 || !names.get(1).equals("models")) {
            return null;
        }
        return switch (names.get(3)) {
            case "load" -> new OipPath(Resource.LOAD, names.get(2), null);
            case "unload" -> new OipPath(Resource.UNLOAD, names.get(2), null);
            default -> null;
        };
    }
}
