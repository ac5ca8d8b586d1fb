package dev.sluice.router.fleet.file;

import dev.sluice.common.config.Problem;

/**
 * Something that is wrong in an actors file.
 *
 * @param line counted from 1
 * @param problem with the field's whole path: {@code actors.model.slo}
 */
public record FileProblem(int line, Problem problem) {

    /**
     * For people, as compilers write it.
     *
     * @param file as the reader knows it
     */
    public String sentence(String file) {
        return file + ":" + line + ": " + problem.sentence();
    }
}
