namespace ServerlessBacklog.Analysis.Calibration;

/// <summary>
/// Probability of "yes" from a few features: 1 / (1 + e^−z), z = bias + Σ weight·feature. Fitted by Newton's method (iteratively
/// reweighted least squares; Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning", §4.4.1) with a ridge on the weights; a step
/// that does not improve the fit is halved until it does, so that degenerate data cannot make it run away.
/// </summary>
public sealed record LogisticRegression(double Bias, IReadOnlyList<double> Weights)
{
    /// <summary>Keeps the equations solvable where all samples are decided.</summary>
    private const double LeastCurvature = 1e-9;

    private const int MaxHalvings = 60;

    /// <summary>0 … 1. <paramref name="features"/> come in the order of <see cref="Weights"/>.</summary>
    public double Probability(params ReadOnlySpan<double> features)
    {
        var z = Bias;
        for (var i = 0; i < Weights.Count; i++)
            z += Weights[i] * features[i];
        return 1 / (1 + Math.Exp(-z));
    }

    /// <param name="ridge">Penalty on squared weights; the bias is free. With a prior it is on the distance from that one, the bias' too.</param>
    /// <param name="prior">What holds where the samples say nothing; it also makes a fit without samples possible.</param>
    public static LogisticRegression Fit(IReadOnlyList<(double[] Features, bool Yes)> samples, double ridge = 0.3, int iterations = 30, LogisticRegression? prior = null)
    {
        if (samples.Count == 0 && prior is not null)
            return prior;
        if (samples.Count == 0)
            throw new ArgumentException("There is nothing to learn from.", nameof(samples));
        var size = samples[0].Features.Length + 1;
        double[] centre = prior is null ? new double[size] : [prior.Bias, .. prior.Weights];
        var first = prior is null ? 1 : 0;
        var w = centre.ToArray();
        for (var round = 0; round < iterations; round++)
        {
            var gradient = new double[size];
            var hessian = new double[size, size];
            foreach (var (features, yes) in samples)
                Accumulate(features, yes, w, gradient, hessian);
            for (var i = first; i < size; i++)
            {
                gradient[i] -= ridge * (w[i] - centre[i]);
                hessian[i, i] += ridge;
            }

            var step = LinearSystem.Solve(hessian, gradient);
            var now = Loss(samples, w, Penalty(w));
            var next = Moved(w, step);
            for (var halved = 0; halved < MaxHalvings && !(Loss(samples, next, Penalty(next)) <= now); halved++)
            {
                step = [.. step.Select(s => s / 2)];
                next = Moved(w, step);
            }

            if (!(Loss(samples, next, Penalty(next)) <= now))
                break;
            w = next;
            if (step.Max(Math.Abs) < 1e-8)
                break;
        }

        return new LogisticRegression(w[0], w[1..]);

        double Penalty(double[] at) => ridge / 2 * at.Select((value, i) => i < first ? 0 : (value - centre[i]) * (value - centre[i])).Sum();
    }

    private static double[] Moved(double[] w, double[] step) => [.. w.Select((value, i) => value + step[i])];

    /// <summary>What the fit minimises: Σ ln(1 + e^∓z) + the penalty.</summary>
    private static double Loss(IReadOnlyList<(double[] Features, bool Yes)> samples, double[] w, double penalty)
    {
        var loss = penalty;
        foreach (var (features, yes) in samples)
        {
            var z = yes ? -Z(features, w) : Z(features, w);
            loss += Math.Max(z, 0) + Math.Log(1 + Math.Exp(-Math.Abs(z)));
        }

        return loss;
    }

    private static double Z(double[] features, double[] w)
    {
        var z = w[0];
        for (var i = 1; i < w.Length; i++)
            z += w[i] * features[i - 1];
        return z;
    }

    private static void Accumulate(double[] features, bool yes, double[] w, double[] gradient, double[,] hessian)
    {
        var z = Z(features, w);
        var p = 1 / (1 + Math.Exp(-z));
        var curvature = Math.Max(p * (1 - p), LeastCurvature);
        for (var i = 0; i < w.Length; i++)
        {
            var left = i == 0 ? 1 : features[i - 1];
            gradient[i] += ((yes ? 1 : 0) - p) * left;
            for (var j = 0; j < w.Length; j++)
                hessian[i, j] += curvature * left * (j == 0 ? 1 : features[j - 1]);
        }
    }
}
