package dev.sluice.examples.ticket;

import dev.sluice.sdk.Actor;
import dev.sluice.sdk.BatchedInput;
import dev.sluice.sdk.Result;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Looks customers up. They are made up, and always the same. */
@Actor(value = "customers", idempotent = true, description = "batched: a customer by number, 1 to 10000")
public class Customers {

    private static final int COUNT = 10_000;
    private static final List<String> PLANS = List.of("basic", "basic", "basic", "plus", "business");

    /** @param openTickets that others have not answered yet */
    public record Customer(long id, String plan, int openTickets) {}

    private final Map<Long, Customer> byId = LongStream.rangeClosed(1, COUNT)
            .mapToObj(id -> new Customer(id, PLANS.get((int) (id * 7 % PLANS.size())), (int) (id * 31 % 4)))
            .collect(Collectors.toMap(Customer::id, customer -> customer));

    @BatchedInput(maxBatchSize = 256)
    public List<Result<Customer>> call(List<Long> ids) {
        return ids.stream().map(this::find).toList();
    }

    private Result<Customer> find(Long id) {
        Customer customer = byId.get(id);
        return customer == null
                ? Result.failed("There is no customer " + id + ": write a number from 1 to " + COUNT + ".")
                : Result.ok(customer);
    }
}
