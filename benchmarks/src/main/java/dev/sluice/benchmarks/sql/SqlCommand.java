package dev.sluice.benchmarks.sql;

import dev.sluice.benchmarks.process.StartedTiers;
import dev.sluice.benchmarks.report.Bar;
import dev.sluice.benchmarks.report.Machine;
import dev.sluice.benchmarks.report.Report;
import dev.sluice.benchmarks.report.ReportOptions;
import dev.sluice.cli.Project;
import dev.sluice.cli.platform.Tier;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts a host with SQL actors, drives them and the database alone in turns, and says what came out. */
@Command(
        name = "sql",
        mixinStandardHelpOptions = true,
        description = "SQL actors: queries/s where many run together, against one by one and against DuckDB alone.",
        footer = {"", "Example: ./sluice bench sql --json sql.json"})
public final class SqlCommand implements Callable<Integer> {

    @Mixin
    private ReportOptions options = new ReportOptions();

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        SqlPlan plan = options.quick() ? SqlPlan.quick() : SqlPlan.full();
        options.progress("generating " + plan.rows() + " rows");
        List<SqlCompared> compared = new ArrayList<>();
        try (SqlData data = SqlData.generate(plan);
                DirectDatabase direct = new DirectDatabase(data);
                StartedTiers tiers = start(data)) {
            for (BenchQuery query : BenchQuery.ALL) {
                compared.add(measure(query, plan, direct, tiers));
            }
        }
        List<Bar> bars = options.quick() ? List.of() : SqlReport.bars(compared);
        return options.publish(
                SqlReport.table(compared),
                new Report("sql", Machine.here(), SqlReport.rows(compared), bars, SqlReport.notes(plan)));
    }

    private SqlCompared measure(BenchQuery query, SqlPlan plan, DirectDatabase direct, StartedTiers tiers)
            throws IOException, InterruptedException, SQLException {
        Map<Long, String> answers = direct.answers(query, plan.batch());
        ServedQueries together = new ServedQueries(tiers.url(query.name()), plan, answers);
        ServedQueries alone = new ServedQueries(tiers.url(query.name() + BenchQuery.ALONE), plan, answers);
        together.await();
        alone.await();
        // So that all of them are warm.
        together.answersPerSecond();
        alone.answersPerSecond();
        direct.queriesPerSecond(query, plan.batch(), plan.leadIn());
        List<SqlCompared.Round> rounds = new ArrayList<>();
        for (int i = 1; i <= plan.rounds(); i++) {
            SqlCompared.Round round = new SqlCompared.Round(
                    direct.queriesPerSecond(query, plan.batch(), plan.measured()),
                    together.answersPerSecond(),
                    alone.answersPerSecond());
            rounds.add(round);
            options.progress("%s, round %d of %d: alone in this process %.1f/s, served %.1f/s, one by one %.1f/s"
                    .formatted(query.name(), i, plan.rounds(), round.direct(), round.together(), round.alone()));
        }
        return new SqlCompared(query.name(), rounds);
    }

    /** One host with one replica of each: the database has all cores for one run. */
    private StartedTiers start(SqlData data) {
        return StartedTiers.start(
                Project.folder(),
                "bench-sql",
                spec -> spec.count(Tier.HOST, 1)
                        .property(
                                Tier.HOST, "sluice.host.sql.dir", data.queries().toString())
                        .property(
                                Tier.HOST,
                                "sluice.host.sql.database",
                                data.database().toString()),
                options::progress);
    }
}
