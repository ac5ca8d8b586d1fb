package dev.sluice.frontend.http.problem;

/** A {@link Problem} on its way out of a handler. Has no stack trace: refusals are cheap. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.failure().message(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
