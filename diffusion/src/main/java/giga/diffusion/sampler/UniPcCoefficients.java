package giga.diffusion.sampler;

import giga.diffusion.sampler.UniPcOptions.Variant;

/** How much of each change of the picture goes into a step of UniPC (Zhao et al. 2023, section 3). */
final class UniPcCoefficients {
    private UniPcCoefficients() {}

    /**
     * Theorem 3.1: B(h) times the solution of R·ρ = b.
     *
     * @param ratios places of the older points in units of the step, the last is 1
     * @param count how many changes there are: all of the ratios for the corrector, one less for the predictor
     */
    static double[] fixed(double[] ratios, float h, int count, Variant variant) {
        double hh = -h;
        double b = variant == Variant.BH1 ? hh : StrictMath.expm1(hh);
        double[] result = new double[count];
        // Where one equation would decide, the paper takes its limit for small steps.
        if (count == 1) {
            result[0] = b / 2;
            return result;
        }
        double[][] rows = new double[count][count];
        double phi = StrictMath.expm1(hh) / hh - 1;
        double factorial = 1;
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < count; k++) rows[i][k] = StrictMath.pow(ratios[k], i);
            factorial *= i + 1;
            result[i] = phi * factorial / b;
            phi = phi / hh - 1 / (factorial * (i + 2));
        }
        double[] rho = solve(rows, result);
        for (int i = 0; i < count; i++) rho[i] *= b;
        return rho;
    }

    /**
     * Appendix C: coefficients that follow the step's length, without a function B(h). The corrector's are as the
     * authors' code has them, which leaves terms out of the paper's sum.
     */
    static double[] varying(double[] ratios, float h, int count) {
        double hh = -h;
        double[][] matrix = new double[count][count];
        double[] phis = new double[count];
        double phi = StrictMath.expm1(hh);
        double factorial = 1;
        for (int k = 0; k < count; k++) {
            phi = phi / hh - 1 / factorial;
            phis[k] = phi;
            for (int j = 0; j < count; j++) matrix[k][j] = StrictMath.pow(ratios[j], k) / factorial;
            factorial *= k + 2;
        }
        if (count < ratios.length) return solve(matrix, phis);
        double[] newest = new double[count];
        newest[Math.max(0, count - 2)] = phis[count - 1];
        phis[count - 1] = 0;
        double[] result = solve(matrix, phis);
        result[count - 1] = solve(matrix, newest)[count - 1];
        return result;
    }

    /** Gauss' elimination with the largest pivot of each column; the ratios differ, so there is one. */
    private static double[] solve(double[][] matrix, double[] right) {
        int size = right.length;
        double[][] rows = new double[size][];
        for (int i = 0; i < size; i++) rows[i] = matrix[i].clone();
        double[] solution = right.clone();
        for (int column = 0; column < size; column++) {
            int pivot = column;
            for (int row = column + 1; row < size; row++)
                if (Math.abs(rows[row][column]) > Math.abs(rows[pivot][column])) pivot = row;
            double[] swapped = rows[pivot];
            rows[pivot] = rows[column];
            rows[column] = swapped;
            double value = solution[pivot];
            solution[pivot] = solution[column];
            solution[column] = value;
            for (int row = 0; row < size; row++) {
                if (row == column) continue;
                double factor = rows[row][column] / rows[column][column];
                for (int k = column; k < size; k++) rows[row][k] -= factor * rows[column][k];
                solution[row] -= factor * solution[column];
            }
        }
        for (int i = 0; i < size; i++) solution[i] /= rows[i][i];
        return solution;
    }
}
