using System.Globalization;
using ServerlessBacklog.Analysis.Clarity;

namespace ServerlessBacklog.Analysis.Tests.Clarity;

public sealed class VagueModelTests(ITestOutputHelper output)
{
    [Fact]
    public void Shipped_weights_are_those_that_the_tuning_rows_give()
    {
        var fitted = VagueModel.Fit([.. ClaritySet.Read().Where(i => !i.HeldBack).Select(i => new LabelledSigns(Signs(i), i.Vague, i.Split == "extra"))]);

        output.WriteLine(string.Join(", ", fitted.Weights.Prepend(fitted.Bias).Select(w => w.ToString("0.000", CultureInfo.InvariantCulture))));
        VagueModel.Shipped.Bias.ShouldBe(fitted.Bias, 0.001);
        VagueModel.Shipped.Weights.Count.ShouldBe(fitted.Weights.Count);
        for (var i = 0; i < fitted.Weights.Count; i++)
            VagueModel.Shipped.Weights[i].ShouldBe(fitted.Weights[i], 0.001);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("x", "")]
    [InlineData("", "\n\n \t")]
    [InlineData("検索が遅い", "検索が遅いです。直してください。")]
    public void Texts_that_say_nothing_to_the_rules_have_a_probability_too(string title, string body) =>
        ClarityExaminer.Examine(ItemKind.Unknown, title, body, []).VagueProbability.ShouldBeInRange(0, 1);

    [Fact]
    public void Answer_in_a_comment_makes_an_item_less_vague()
    {
        var silent = ClarityExaminer.Examine(ItemKind.Bug, "right click does not work", "", []);
        var answered = ClarityExaminer.Examine(
            ItemKind.Bug, "right click does not work", "",
            ["SeaMonkey 2.53.18 on Windows 11. Right-click any message in the thread pane: no menu appears, the error console says TypeError: gContextMenu is null."]);

        answered.VagueProbability.ShouldBeLessThan(silent.VagueProbability / 2);
    }

    private static double[] Signs(ClaritySet item) =>
        VagueSigns.Of(ClarityExaminer.Examine(ItemKinds.Infer(item.Type, [], item.Title, item.Body), item.Title, item.Body, []), item.Body);
}
