namespace ServerlessBacklog.Analysis.Calibration;

/// <summary>One choice that was made: what was there to choose from, and what was right.</summary>
/// <param name="Options">One feature vector an option.</param>
/// <param name="Right">True for each option that was right; at least one.</param>
public sealed record Choice(float[][] Options, bool[] Right);

/// <summary>
/// Scores options so that the right ones come first: conditional logit (McFadden 1974; listwise softmax in learning to rank, Cao et al. 2007, ListNet).
/// P(option) = e^score / Σ e^score, score = weights · features. Fitted by Newton's method towards prior weights, which it keeps where the choices say nothing.
/// </summary>
public sealed record ChoiceModel(IReadOnlyList<double> Weights)
{
    private const int Rounds = 12;

    /// <summary>Longest step of a weight in one round: far from the optimum the curvature misleads.</summary>
    private const double LongestStep = 2;

    /// <summary>Options less likely than this add nothing to the curvature that could be seen.</summary>
    private const double Negligible = 1e-4;

    public double Score(ReadOnlySpan<float> features)
    {
        var score = 0.0;
        for (var i = 0; i < features.Length; i++)
            score += Weights[i] * features[i];
        return score;
    }

    /// <summary>Learns from choices, starting at these weights.</summary>
    /// <param name="ridge">Penalty on the squared distance of each weight from its prior.</param>
    public ChoiceModel Fit(IReadOnlyList<Choice> choices, double ridge)
    {
        var weights = Weights.ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            var gradient = new double[weights.Length];
            var curvature = new double[weights.Length, weights.Length];
            var now = new ChoiceModel(weights);
            foreach (var choice in choices)
                now.Accumulate(choice, gradient, curvature);
            for (var i = 0; i < weights.Length; i++)
            {
                gradient[i] -= ridge * (weights[i] - Weights[i]);
                curvature[i, i] += ridge;
                for (var j = 0; j < i; j++)
                    curvature[j, i] = curvature[i, j];
            }

            var step = LinearSystem.Solve(curvature, gradient);
            var longest = step.Max(Math.Abs);
            var scale = longest > LongestStep ? LongestStep / longest : 1;
            weights = [.. weights.Select((w, i) => w + (scale * step[i]))];
            if (longest < 1e-4)
                break;
        }

        return new ChoiceModel(weights);
    }

    /// <summary>Adds one choice's part of the gradient and (its lower half) of the negative second derivative of the log-likelihood.</summary>
    private void Accumulate(Choice choice, double[] gradient, double[,] curvature)
    {
        var odds = new double[choice.Options.Length];
        var top = double.NegativeInfinity;
        for (var o = 0; o < odds.Length; o++)
            top = Math.Max(top, odds[o] = Score(choice.Options[o]));
        var sum = 0.0;
        for (var o = 0; o < odds.Length; o++)
            sum += odds[o] = Math.Exp(odds[o] - top);
        var mean = new double[gradient.Length];
        for (var o = 0; o < odds.Length; o++)
        {
            odds[o] /= sum;
            for (var i = 0; i < mean.Length; i++)
                mean[i] += odds[o] * choice.Options[o][i];
        }

        double right = choice.Right.Count(r => r);
        for (var o = 0; o < odds.Length; o++)
        {
            var option = choice.Options[o];
            if (choice.Right[o])
            {
                for (var i = 0; i < mean.Length; i++)
                    gradient[i] += (option[i] - mean[i]) / right;
            }

            if (odds[o] < Negligible)
                continue;
            for (var i = 0; i < mean.Length; i++)
            {
                var lead = odds[o] * (option[i] - mean[i]);
                for (var j = 0; j <= i && lead != 0; j++)
                    curvature[i, j] += lead * (option[j] - mean[j]);
            }
        }
    }
}
