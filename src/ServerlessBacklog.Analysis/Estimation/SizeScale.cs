namespace ServerlessBacklog.Analysis.Estimation;

/// <summary>Steps between sizes on the planning-poker scale 0, ½, 1, 2, 3, 5, 8, 13, 20, 40, 100; other values count as the nearest one.</summary>
public static class SizeScale
{
    private static readonly double[] Scale = [0, 0.5, 1, 2, 3, 5, 8, 13, 20, 40, 100];

    public static int StepsBetween(double left, double right) => Math.Abs(Step(left) - Step(right));

    private static int Step(double points)
    {
        var nearest = 0;
        for (var i = 1; i < Scale.Length; i++)
        {
            if (Math.Abs(Scale[i] - points) < Math.Abs(Scale[nearest] - points))
                nearest = i;
        }

        return nearest;
    }
}
