using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Domain.Tests.Items;

public class UrgencyTests
{
    [Theory]
    [InlineData("P0", 1)]
    [InlineData("p1", 1)]
    [InlineData("1", 1)]
    [InlineData("Blocker", 1)]
    [InlineData("Must have", 1)]
    [InlineData("priority: critical", 1)]
    [InlineData("priority/high", 2)]
    [InlineData(" Major ", 2)]
    [InlineData("prio-3", 3)]
    [InlineData("Normal", 3)]
    [InlineData("low", 4)]
    [InlineData("Trivial", 5)]
    [InlineData("Won't have", 5)]
    [InlineData("--", null)]
    [InlineData("priority", null)]
    [InlineData("soonish", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Priority_words_fall_on_one_scale_and_unknown_ones_on_none(string? word, int? urgency) =>
        Urgency.FromPriority(word).ShouldBe(urgency);

    [Theory]
    [InlineData("S1", 1)]
    [InlineData("1 - Critical", 1)]
    [InlineData("severity: high", 2)]
    [InlineData("sev3", 3)]
    [InlineData("normal", 3)]
    [InlineData("4 - Low", 4)]
    [InlineData("enhancement", 5)]
    [InlineData("severe", null)]
    [InlineData("N/A", null)]
    [InlineData(null, null)]
    public void Severity_words_fall_on_one_scale_and_unknown_ones_on_none(string? word, int? urgency) =>
        Urgency.FromSeverity(word).ShouldBe(urgency);
}
