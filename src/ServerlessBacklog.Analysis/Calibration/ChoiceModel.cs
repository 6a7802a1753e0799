namespace ServerlessBacklog.Analysis.Calibration;

/// <summary>One choice that was made: what was there to choose from, and what was right.</summary>
/// <param name="Options">One feature vector an option.</param>
/// <param name="Right">True for each option that was right; at least one.</param>
public sealed record Choice(float[][] Options, bool[] Right)
{
    /// <summary>A choice with one right option.</summary>
    public Choice(float[][] options, int right)
        : this(options, [.. Enumerable.Range(0, options.Length).Select(o => o == right)])
    {
    }
}

/// <summary>
/// Scores options so that the right ones come first: conditional logit (McFadden 1974; listwise softmax in learning to rank, Cao et al. 2007, ListNet).
/// P(option) = e^score / Σ e^score, score = weights · features. Fitted by Newton's method towards prior weights, which it keeps where the choices say nothing.
/// </summary>
public sealed record ChoiceModel(IReadOnlyList<double> Weights)
{
    private const int Rounds = 12;

    /// <summary>A step that does not improve the fit is halved until it does, at most so often.</summary>
    private const int Halvings = 20;

    /// <summary>A round that improves the fit by less than this part ends it.</summary>
    private const double Converged = 1e-6;

    /// <summary>Options less likely than this add nothing to the curvature that could be seen.</summary>
    private const double Negligible = 1e-4;

    public double Score(ReadOnlySpan<float> features)
    {
        var score = 0.0;
        for (var i = 0; i < features.Length; i++)
            score += Weights[i] * features[i];
        return score;
    }

    /// <summary>P of each option, which add up to 1; empty for no option.</summary>
    public double[] Probabilities(float[][] options)
    {
        var odds = new double[options.Length];
        var top = double.NegativeInfinity;
        for (var o = 0; o < odds.Length; o++)
            top = Math.Max(top, odds[o] = Score(options[o]));
        var sum = 0.0;
        for (var o = 0; o < odds.Length; o++)
            sum += odds[o] = Math.Exp(odds[o] - top);
        for (var o = 0; o < odds.Length; o++)
            odds[o] /= sum;
        return odds;
    }

    /// <summary>Learns from choices; these weights are the prior.</summary>
    /// <param name="ridge">Penalty on the squared distance of each weight from its prior.</param>
    /// <param name="start">Where the search begins, nearer to the answer than the prior; null for the prior.</param>
    public ChoiceModel Fit(IReadOnlyList<Choice> choices, double ridge, ChoiceModel? start = null)
    {
        var now = start ?? this;
        var loss = Loss(choices, now, ridge);
        for (var round = 0; round < Rounds; round++)
        {
            var step = Step(choices, now, ridge);
            var (next, nextLoss, scale) = (now, double.PositiveInfinity, 1.0);
            for (var halved = 0; halved < Halvings && !(nextLoss <= loss); halved++, scale /= 2)
            {
                next = new ChoiceModel([.. now.Weights.Select((w, i) => w + (scale * step[i]))]);
                nextLoss = Loss(choices, next, ridge);
            }

            if (!(nextLoss <= loss))
                break;
            var gain = loss - nextLoss;
            (now, loss) = (next, nextLoss);
            if (gain < Converged * Math.Max(1, loss))
                break;
        }

        return now;
    }

    /// <summary>What the fit makes small: −Σ mean ln P(right option), and the penalty.</summary>
    private double Loss(IReadOnlyList<Choice> choices, ChoiceModel model, double ridge)
    {
        var loss = ridge / 2 * model.Weights.Zip(Weights, (w, prior) => (w - prior) * (w - prior)).Sum();
        foreach (var (options, right) in choices)
        {
            var odds = model.Probabilities(options);
            var count = right.Count(r => r);
            for (var o = 0; o < odds.Length; o++)
                loss -= right[o] ? Math.Log(Math.Max(odds[o], 1e-300)) / count : 0;
        }

        return loss;
    }

    private double[] Step(IReadOnlyList<Choice> choices, ChoiceModel now, double ridge)
    {
        var size = Weights.Count;
        var (gradient, curvature) = (new double[size], new double[size, size]);
        foreach (var choice in choices)
            now.Accumulate(choice, gradient, curvature);
        for (var i = 0; i < size; i++)
        {
            gradient[i] -= ridge * (now.Weights[i] - Weights[i]);
            curvature[i, i] += ridge;
            for (var j = 0; j < i; j++)
                curvature[j, i] = curvature[i, j];
        }

        return LinearSystem.Solve(curvature, gradient);
    }

    /// <summary>Adds one choice's part of the gradient and (its lower half) of the negative second derivative of the log-likelihood.</summary>
    private void Accumulate(Choice choice, double[] gradient, double[,] curvature)
    {
        var odds = Probabilities(choice.Options);
        var mean = new double[gradient.Length];
        for (var o = 0; o < odds.Length; o++)
        {
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
