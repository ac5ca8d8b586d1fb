package dev.sluice.host.sql.file;

import java.util.List;

/**
 * The statement of a file, cut where parameters stand in it.
 *
 * @param pieces of text around the parameters: one more than there are
 * @param names of the parameters in the order in which they stand; one may stand several times
 * @param readsInputs whether it reads the relation {@code inputs}, and so runs once for many queries
 * @param withEnd where a leading {@code WITH} or {@code WITH RECURSIVE} ends in the first piece; 0: there is none
 */
public record Statement(List<String> pieces, List<String> names, boolean readsInputs, int withEnd) {

    public Statement {
        pieces = List.copyOf(pieces);
        names = List.copyOf(names);
    }

    /** With a placeholder for each parameter that gives it its declared type. */
    public String prepared(List<Parameter> parameters) {
        StringBuilder sql = new StringBuilder(pieces.get(0));
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            Parameter parameter = parameters.stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            sql.append("cast(? as ")
                    .append(parameter.type().sqlName())
                    .append(')')
                    .append(pieces.get(i + 1));
        }
        return sql.toString();
    }

    /** With a relation {@code inputs} put in front. */
    public String over(String relation) {
        String sql = pieces.get(0);
        return withEnd == 0
                ? "with inputs as (" + relation + ")\n" + sql
                : sql.substring(0, withEnd) + " inputs as (" + relation + "), " + sql.substring(withEnd);
    }
}
