/**
 * Starts, watches and ends the processes of Sluice on this machine: what {@code ./sluice up} does, as a Java API for tests
 * and benchmarks.
 *
 * <pre>{@code
 * PlatformSpec spec = PlatformSpec.demo(project).directory(temporary).freePorts().count(Tier.ROUTER, 2);
 * try (Platform platform = Platform.start(spec)) {
 *     URI frontend = platform.process("frontend-0").url();
 *     platform.process("host-1").kill();
 *     platform.process("host-1").restart();
 * }
 * }</pre>
 */
@NullMarked
package dev.sluice.cli.platform;

import org.jspecify.annotations.NullMarked;
