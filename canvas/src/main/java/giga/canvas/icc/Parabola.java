package giga.canvas.icc;

/** The parabola c + bx + ax² that lies nearest to some points, by least squares. */
final class Parabola {
    private final double[] powers = new double[5];
    private final double[] products = new double[3];
    private int points;

    void add(double x, double y) {
        double power = 1;
        for (int i = 0; i < 5; i++, power *= x) {
            powers[i] += power;
            if (i < 3) products[i] += power * y;
        }
        points++;
    }

    int points() {
        return points;
    }

    /** Where its rising branch is zero, held between 0 and a limit; 0 where it never is. */
    double root(double limit) {
        double whole = determinant(-1);
        if (whole == 0) return 0;
        double c = determinant(0) / whole;
        double b = determinant(1) / whole;
        double a = determinant(2) / whole;
        if (Math.abs(a) < 1e-10) return b == 0 ? 0 : Math.clamp(-c / b, 0, limit);
        double discriminant = b * b - 4 * a * c;
        return discriminant <= 0 ? 0 : Math.clamp((-b + Math.sqrt(discriminant)) / (2 * a), 0, limit);
    }

    /** Of the normal equations, with a column replaced by their right side. */
    private double determinant(int replaced) {
        double[][] m = new double[3][3];
        for (int row = 0; row < 3; row++)
            for (int column = 0; column < 3; column++)
                m[row][column] = column == replaced ? products[row] : powers[row + column];
        return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
                - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
                + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
    }
}
