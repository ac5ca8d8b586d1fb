package dev.sluice.frontend.flight.exchange;

import dev.sluice.frontend.flight.column.SchemaWriter;
import dev.sluice.frontend.query.model.Model;
import java.util.Optional;

/** The schema of what a method answers. */
public final class OutputSchema {

    private OutputSchema() {}

    /** Its head; empty where it is not known before the method is asked. */
    public static Optional<byte[]> of(Model model) {
        boolean isAny = model.method().tensors().isEmpty()
                || model.method().outputType().indexOf('/') > 0
                || model.method().outputType().equals("Content");
        return isAny
                ? Optional.empty()
                : new OutputColumns(model, RowForm.of(model)).columns().map(SchemaWriter::head);
    }
}
