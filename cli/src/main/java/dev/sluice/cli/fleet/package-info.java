/** What operators do with the fleet: actors, deploy, scale, rollout, rollback, undeploy, drain, hosts, events. */
@NullMarked
package dev.sluice.cli.fleet;

import org.jspecify.annotations.NullMarked;
