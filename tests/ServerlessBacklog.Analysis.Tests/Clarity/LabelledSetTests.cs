using ServerlessBacklog.Analysis.Clarity;

namespace ServerlessBacklog.Analysis.Tests.Clarity;

public sealed class LabelledSetTests(ITestOutputHelper output)
{
    [Fact]
    public void Vague_items_of_the_tuning_rows_are_found_as_well_as_measured()
    {
        var measured = Measure("train");

        output.WriteLine($"tuning rows: {measured}");
        measured.F1.ShouldBeGreaterThanOrEqualTo(TuningFloor);
    }

    [Fact]
    public void Vague_items_of_the_held_back_rows_are_found_as_well_as_measured()
    {
        var measured = Measure("test");

        output.WriteLine($"held-back rows: {measured}");
        measured.F1.ShouldBeGreaterThanOrEqualTo(HeldBackFloor);
    }

    private const double TuningFloor = 0.58;
    private const double HeldBackFloor = 0.55;

    private static Measured Measure(string split)
    {
        var (right, wrong, missed) = (0, 0, 0);
        foreach (var item in ClaritySet.Read().Where(i => i.Split == split))
        {
            var kind = ItemKinds.Infer(item.Type, [], item.Title, item.Body);
            var found = ClarityExaminer.CanRead(item.Title, item.Body) && ClarityExaminer.Examine(kind, item.Title, item.Body, []).IsVague;
            right += found && item.Vague ? 1 : 0;
            wrong += found && !item.Vague ? 1 : 0;
            missed += !found && item.Vague ? 1 : 0;
        }

        return new Measured(right, wrong, missed);
    }

    private sealed record Measured(int Right, int Wrong, int Missed)
    {
        public double F1 => 2.0 * Right / ((2 * Right) + Wrong + Missed);

        public override string ToString() => $"F1 {F1:0.000}, precision {(double)Right / (Right + Wrong):0.000}, recall {(double)Right / (Right + Missed):0.000} ({Right} right, {Wrong} wrong, {Missed} missed)";
    }
}
