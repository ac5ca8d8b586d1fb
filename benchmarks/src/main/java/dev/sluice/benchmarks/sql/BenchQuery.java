package dev.sluice.benchmarks.sql;

import java.util.List;

/**
 * A question that is asked in two ways.
 *
 * @param name of the actor that runs many at once; the other's is this and {@link #ALONE}
 * @param together the statement over the relation {@code inputs}
 * @param alone the statement with a parameter
 */
record BenchQuery(String name, String together, String alone) {

    static final String ALONE = "-alone";

    /** Both look at the whole table, which lies in no order that would help them. */
    static final List<BenchQuery> ALL = List.of(
            new BenchQuery(
                    "lookup",
                    "select query_id, id, amount from inputs join orders on orders.code = inputs.k",
                    "select id, amount from orders where code = :k"),
            new BenchQuery(
                    "total",
                    "select query_id, count(*) as n, sum(cents) as cents from inputs join orders"
                            + " on orders.customer = inputs.k group by query_id",
                    "select count(*) as n, sum(cents) as cents from orders where customer = :k group by customer"));
}
