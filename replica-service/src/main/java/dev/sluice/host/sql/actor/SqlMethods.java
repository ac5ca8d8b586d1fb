package dev.sluice.host.sql.actor;

import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.host.sql.file.Format;
import dev.sluice.host.sql.file.SqlFile;
import dev.sluice.host.sql.result.Column;
import dev.sluice.host.sql.result.ResultWriter;
import dev.sluice.host.sql.tensor.SqlModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The methods of a SQL actor: {@code call} in the format that its file names, and one for each format. */
final class SqlMethods {

    private SqlMethods() {}

    /** Null where there is no such method. */
    static @Nullable Format format(String method, SqlFile file) {
        if (method.equals(MethodDescriptor.DEFAULT_NAME)) {
            return file.format();
        }
        for (Format format : Format.values()) {
            if (format.written().equals(method)) {
                return format;
            }
        }
        return null;
    }

    /** @param columns of the result, as far as they are known */
    static List<MethodDescriptor> of(SqlFile file, List<Column> columns) {
        List<MethodDescriptor> methods = new ArrayList<>();
        methods.add(method(MethodDescriptor.DEFAULT_NAME, file.format(), file, columns));
        for (Format format : Format.values()) {
            methods.add(method(format.written(), format, file, columns));
        }
        return methods;
    }

    private static MethodDescriptor method(String name, Format format, SqlFile file, List<Column> columns) {
        return new MethodDescriptor(
                name,
                file.statement().readsInputs(),
                file.batch(),
                0,
                streams(format, file),
                file.inputType(),
                format == Format.ARROW ? ResultWriter.mediaType(format) : format.written(),
                streams(format, file) ? Optional.empty() : Optional.of(SqlModel.signature(file, columns)));
    }

    /** The name of a method as that of a model. */
    static String model(String method, SqlFile file) {
        return method.equals(MethodDescriptor.DEFAULT_NAME) ? file.name() : file.name() + ":" + method;
    }

    /** Whether results come in pieces, and may be of any size: those of many queries come together, and are kept until all are there. */
    static boolean streams(Format format, SqlFile file) {
        return format == Format.ARROW && !file.statement().readsInputs();
    }
}
