namespace ServerlessBacklog.Analysis.Learning;

/// <summary>One choice of the past: the features of everybody who could be chosen, row by row, and which row was.</summary>
internal sealed record Choice(double[][] Rows, int Chosen);

/// <summary>
/// Conditional logit (McFadden 1974): P(candidate) = e^(w·x) / Σ e^(w·x) over the candidates. Fitted by Newton's method with a ridge that pulls
/// the weights to the given ones, so that little history changes little.
/// </summary>
internal static class ChoiceModel
{
    private const int MostRounds = 12;

    public static double[] Probabilities(double[][] rows, double[] weights)
    {
        var scores = new double[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            for (var k = 0; k < weights.Length; k++)
                scores[i] += weights[k] * rows[i][k];
        }

        var top = scores.Length == 0 ? 0 : scores.Max();
        var sum = 0.0;
        for (var i = 0; i < scores.Length; i++)
            sum += scores[i] = Math.Exp(scores[i] - top);
        for (var i = 0; i < scores.Length; i++)
            scores[i] /= sum;
        return scores;
    }

    /// <param name="prior">Weights without any choice.</param>
    /// <param name="ridge">How many choices' worth the prior holds against them.</param>
    /// <param name="start">Where the search begins.</param>
    public static double[] Fit(IReadOnlyList<Choice> choices, double[] prior, double ridge, double[] start)
    {
        var w = (double[])start.Clone();
        var loss = Loss(choices, w, prior, ridge);
        for (var round = 0; round < MostRounds; round++)
        {
            var step = Step(choices, w, prior, ridge);
            var next = new double[w.Length];
            var factor = 1.0;
            double now;
            do
            {
                for (var k = 0; k < w.Length; k++)
                    next[k] = w[k] + (factor * step[k]);
                now = Loss(choices, next, prior, ridge);
                factor /= 2;
            }
            while (!(now <= loss) && factor > 1e-6);
            if (!(now <= loss))
                break;
            var gain = loss - now;
            (w, loss) = (next, now);
            if (gain < 1e-4 * Math.Max(1, loss))
                break;
        }

        return w;
    }

    private static double Loss(IReadOnlyList<Choice> choices, double[] w, double[] prior, double ridge)
    {
        var loss = 0.0;
        for (var k = 0; k < w.Length; k++)
            loss += ridge / 2 * (w[k] - prior[k]) * (w[k] - prior[k]);
        foreach (var choice in choices)
            loss -= Math.Log(Math.Max(1e-300, Probabilities(choice.Rows, w)[choice.Chosen]));
        return loss;
    }

    private static double[] Step(IReadOnlyList<Choice> choices, double[] w, double[] prior, double ridge)
    {
        var n = w.Length;
        var (gradient, curvature) = (new double[n], new double[n, n]);
        var mean = new double[n];
        foreach (var choice in choices)
        {
            var p = Probabilities(choice.Rows, w);
            Array.Clear(mean);
            for (var i = 0; i < p.Length; i++)
            {
                for (var k = 0; k < n; k++)
                    mean[k] += p[i] * choice.Rows[i][k];
            }

            for (var k = 0; k < n; k++)
                gradient[k] += choice.Rows[choice.Chosen][k] - mean[k];
            for (var i = 0; i < p.Length; i++)
            {
                if (p[i] < 1e-5)
                    continue;
                for (var k = 0; k < n; k++)
                {
                    var left = p[i] * (choice.Rows[i][k] - mean[k]);
                    for (var l = k; l < n; l++)
                        curvature[k, l] += left * (choice.Rows[i][l] - mean[l]);
                }
            }
        }

        for (var k = 0; k < n; k++)
        {
            gradient[k] -= ridge * (w[k] - prior[k]);
            curvature[k, k] += ridge + 1e-9;
            for (var l = 0; l < k; l++)
                curvature[k, l] = curvature[l, k];
        }

        return Solve(curvature, gradient);
    }

    /// <summary>Cholesky decomposition; the matrix is positive definite by its ridge.</summary>
    private static double[] Solve(double[,] matrix, double[] right)
    {
        var n = right.Length;
        var lower = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[i, j];
                for (var k = 0; k < j; k++)
                    sum -= lower[i, k] * lower[j, k];
                lower[i, j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-12)) : sum / lower[j, j];
            }
        }

        var x = new double[n];
        for (var i = 0; i < n; i++)
        {
            x[i] = right[i];
            for (var k = 0; k < i; k++)
                x[i] -= lower[i, k] * x[k];
            x[i] /= lower[i, i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < n; k++)
                x[i] -= lower[k, i] * x[k];
            x[i] /= lower[i, i];
        }

        return x;
    }
}
