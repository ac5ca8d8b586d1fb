package dev.sluice.cli.platform;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Which processes to start, and how. Immutable: every method gives a changed copy.
 *
 * @param project the folder of the project, where the built jars are
 * @param directory where process ids and logs go; two platforms never share one
 * @param tiers a description for each tier
 * @param instances properties of single processes, by name ({@code host-1}); they win over the tier's
 * @param patience how long things may take
 */
public record PlatformSpec(
        Path project,
        Path directory,
        Map<Tier, TierSpec> tiers,
        Map<String, Map<String, String>> instances,
        Patience patience) {

    public PlatformSpec {
        project = project.toAbsolutePath().normalize();
        directory = directory.toAbsolutePath().normalize();
        tiers = Map.copyOf(tiers);
        instances = Map.copyOf(instances);
    }

    /** One frontend, one router and two hosts without any actors on the usual ports. */
    public static PlatformSpec bare(Path project) {
        Map<Tier, TierSpec> tiers = new EnumMap<>(Tier.class);
        for (Tier tier : Tier.values()) {
            tiers.put(tier, new TierSpec(tier == Tier.HOST ? 2 : 1, tier.firstPort(), List.of(), Map.of()));
        }
        return new PlatformSpec(project, project.resolve(".sluice"), tiers, Map.of(), Patience.USUAL);
    }

    /** What {@code ./sluice up} starts: the bare platform with the demo actors. */
    public static PlatformSpec demo(Path project) {
        return DemoActors.addTo(bare(project));
    }

    /** The bare platform whose hosts can make replicas of the demo actors, and start none by themselves. */
    public static PlatformSpec offering(Path project) {
        return DemoActors.offeredBy(bare(project));
    }

    /** With the SQL examples on every host, and the data that the build has made for them. */
    public PlatformSpec sqlExamples() {
        return sql(project.resolve("examples/sql/queries"))
                .property(
                        Tier.HOST,
                        "sluice.host.sql.data-dir",
                        project.resolve("examples/actors/target/data").toString());
    }

    /** With the SQL actors of a folder on every host. */
    public PlatformSpec sql(Path folder) {
        return property(Tier.HOST, "sluice.host.sql.dir", folder.toString());
    }

    public TierSpec tier(Tier tier) {
        TierSpec found = tiers.get(tier);
        return found == null ? new TierSpec(0, 0, List.of(), Map.of()) : found;
    }

    public PlatformSpec directory(Path newDirectory) {
        return new PlatformSpec(project, newDirectory, tiers, instances, patience);
    }

    public PlatformSpec patience(Patience newPatience) {
        return new PlatformSpec(project, directory, tiers, instances, newPatience);
    }

    public PlatformSpec count(Tier tier, int count) {
        return with(tier, tier(tier).withCount(count));
    }

    /** The port of the tier's first process; 0: any free ones. */
    public PlatformSpec firstPort(Tier tier, int port) {
        return with(tier, tier(tier).withFirstPort(port));
    }

    /** This port of the tier's first process; 0: any free ones. */
    public PlatformSpec firstPort(ExtraPort extra, int port) {
        return property(extra.tier(), extra.property(), Integer.toString(port));
    }

    int firstPort(ExtraPort extra) {
        String first = tier(extra.tier()).properties().get(extra.property());
        return first == null ? extra.first() : Integer.parseInt(first);
    }

    /** Every process takes free ports, so that several platforms can run beside each other. */
    public PlatformSpec freePorts() {
        PlatformSpec spec = this;
        for (ExtraPort extra : ExtraPort.values()) {
            spec = spec.firstPort(extra, 0);
        }
        for (Tier tier : Tier.values()) {
            spec = spec.firstPort(tier, 0);
        }
        return spec;
    }

    public PlatformSpec jvmOptions(Tier tier, String... options) {
        return with(tier, tier(tier).withJvmOptions(List.of(options)));
    }

    /** A Spring property of all processes of a tier. */
    public PlatformSpec property(Tier tier, String key, String value) {
        return with(tier, tier(tier).withProperty(key, value));
    }

    /** A Spring property of the one process with this name. */
    public PlatformSpec property(String instance, String key, String value) {
        Map<String, String> properties = Copies.plus(instances.getOrDefault(instance, Map.of()), key, value);
        return new PlatformSpec(project, directory, tiers, Copies.plus(instances, instance, properties), patience);
    }

    private PlatformSpec with(Tier tier, TierSpec changed) {
        return new PlatformSpec(project, directory, Copies.plus(tiers, tier, changed), instances, patience);
    }
}
