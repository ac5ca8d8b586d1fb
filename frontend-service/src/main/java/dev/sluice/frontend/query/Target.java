package dev.sluice.frontend.query;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;

/** The actor and method that a request asks for, as the catalogue knows them. */
public record Target(ActorDescriptor actor, MethodDescriptor method) {}
