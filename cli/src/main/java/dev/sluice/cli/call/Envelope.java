package dev.sluice.cli.call;

/** The JSON around an input. The input's text stays as it was written, so that no digit of a number is lost. */
final class Envelope {

    private Envelope() {}

    static String of(String input, Urgency urgency) {
        StringBuilder json = new StringBuilder("{\"input\": ").append(input);
        if (urgency.sloMillis() != null) {
            json.append(", \"slo_ms\": ").append(urgency.sloMillis());
        }
        if (urgency.priority() != null) {
            json.append(", \"priority\": ").append(urgency.priority());
        }
        return json.append('}').toString();
    }
}
