namespace ServerlessBacklog.Analysis.Learning;

/// <summary>
/// How often an answer of a certain share was right: σ(a + b · logit share), by Platt 1999, drawn towards a = 0, b = 1 where
/// little was tried. Cases come from rankings that did not know the answer.
/// </summary>
internal sealed class PlattConfidence
{
    /// <summary>How many cases' worth the share itself is believed.</summary>
    private const double Belief = 10;

    private const int Rounds = 25;

    private double bias;
    private double slope = 1;

    public double Of(double share) => 1 / (1 + Math.Exp(-(bias + (slope * Logit(share)))));

    public static PlattConfidence Fit(IReadOnlyList<(double Share, bool Right)> tried)
    {
        var fit = new PlattConfidence();
        for (var round = 0; round < Rounds; round++)
        {
            var (ga, gb) = (-Belief * fit.bias, -Belief * (fit.slope - 1));
            var (haa, hab, hbb) = (Belief, 0.0, Belief);
            foreach (var (share, right) in tried)
            {
                var (x, p) = (Logit(share), fit.Of(share));
                var (error, curvature) = ((right ? 1 : 0) - p, p * (1 - p));
                (ga, gb) = (ga + error, gb + (error * x));
                (haa, hab, hbb) = (haa + curvature, hab + (curvature * x), hbb + (curvature * x * x));
            }

            var determinant = (haa * hbb) - (hab * hab);
            var (da, db) = (((hbb * ga) - (hab * gb)) / determinant, ((haa * gb) - (hab * ga)) / determinant);
            (fit.bias, fit.slope) = (fit.bias + Math.Clamp(da, -1, 1), Math.Max(0, fit.slope + Math.Clamp(db, -1, 1)));
            if (Math.Abs(da) + Math.Abs(db) < 1e-9)
                break;
        }

        return fit;
    }

    private static double Logit(double share) => Math.Log(Math.Clamp(share, 1e-6, 1 - 1e-6) / (1 - Math.Clamp(share, 1e-6, 1 - 1e-6)));
}
