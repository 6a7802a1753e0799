namespace ServerlessBacklog.Analysis.Calibration;

internal static class LinearSystem
{
    private const double Least = 1e-12;

    /// <summary>Gauss–Jordan elimination with partial pivoting; both arguments are used up.</summary>
    public static double[] Solve(double[,] matrix, double[] right)
    {
        var n = right.Length;
        for (var column = 0; column < n; column++)
        {
            var pivot = Enumerable.Range(column, n - column).MaxBy(row => Math.Abs(matrix[row, column]));
            for (var k = 0; k < n; k++)
                (matrix[column, k], matrix[pivot, k]) = (matrix[pivot, k], matrix[column, k]);
            (right[column], right[pivot]) = (right[pivot], right[column]);
            var divisor = OrLeast(matrix[column, column]);
            for (var row = 0; row < n; row++)
            {
                if (row == column)
                    continue;
                var factor = matrix[row, column] / divisor;
                for (var k = column; k < n; k++)
                    matrix[row, k] -= factor * matrix[column, k];
                right[row] -= factor * right[column];
            }
        }

        return [.. Enumerable.Range(0, n).Select(i => right[i] / OrLeast(matrix[i, i]))];
    }

    private static double OrLeast(double value) => Math.Abs(value) < Least ? Least : value;
}
