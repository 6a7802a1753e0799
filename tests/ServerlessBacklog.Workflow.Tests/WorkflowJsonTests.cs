using System.Text.Json.Serialization;
using CsCheck;

namespace ServerlessBacklog.Workflow.Tests;

public sealed class WorkflowJsonTests
{
    [Fact]
    public void Texts_come_back_as_they_were() =>
        Gen.String.Where(text => !text.Any(char.IsSurrogate)).Sample(text => RoundTrip(text) == text);

    [Fact]
    public void Letters_that_are_not_ascii_are_written_plainly() =>
        WorkflowJson.Write("Größe – 待辦", "text").ShouldBe("\"Größe – 待辦\"");

    [Fact]
    public void Pictographs_come_back() => RoundTrip("🚀 and 👩‍💻").ShouldBe("🚀 and 👩‍💻");

    [Fact]
    public void Values_of_several_kinds_come_back_inside_a_record()
    {
        var report = new Report([new Text("Duplicate of 7"), new Score(double.PositiveInfinity, Level.High)], TimeSpan.FromDays(2));

        var read = RoundTrip(report);

        read.Facts.ShouldBe(report.Facts);
        read.Age.ShouldBe(report.Age);
    }

    [Fact]
    public void The_kind_of_a_value_may_stand_after_its_properties() =>
        WorkflowJson.Read<Evidence>("""{ "Words": "late", "$type": "text" }""", "fact").ShouldBe(new Text("late"));

    [Fact]
    public void Choices_are_written_as_words() => WorkflowJson.Write(Level.High, "level").ShouldBe("\"High\"");

    [Fact]
    public void A_missing_property_is_its_default_and_an_unknown_one_is_skipped() =>
        WorkflowJson.Read<Score>("""{ "Value": 2, "Unheard": [1, { }] }""", "score").ShouldBe(new Score(2, Level.Low));

    [Fact]
    public void Computed_properties_are_not_written() =>
        WorkflowJson.Write(new Score(1, Level.Low), "score").ShouldNotContain(nameof(Score.IsHigh));

    [Fact]
    public void A_value_at_the_limit_is_written()
    {
        var json = WorkflowJson.Write(new string('x', WorkflowJson.MaxPayload - 2), "result of Writes");

        json.Length.ShouldBe(WorkflowJson.MaxPayload);
    }

    [Fact]
    public void A_value_above_the_limit_is_refused_with_the_limit_and_a_way_out()
    {
        var refusal = Should.Throw<InvalidOperationException>(
            () => WorkflowJson.Write(new string('x', WorkflowJson.MaxPayload - 1), "result of Writes"));

        refusal.Message.ShouldBe(
            "The result of Writes has 524,289 characters; at most 524,288 travel through an orchestration. Store it and pass a reference.");
    }

    [Fact]
    public void Another_limit_may_be_given() =>
        Should.Throw<InvalidOperationException>(() => WorkflowJson.Write("0123456789", "status", 11)).Message.ShouldContain("at most 11 ");

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("\"ten\"")]
    [InlineData("{\"Value\":\"ten\"}")]
    [InlineData("{\"Value\":1,\"Level\":\"Sky\"}")]
    [InlineData("[1]")]
    public void Json_of_another_kind_is_refused_by_name(string json)
    {
        var refusal = Should.Throw<InvalidOperationException>(() => WorkflowJson.Read<Score>(json, "result of Writes"));

        refusal.Message.ShouldStartWith("The result of Writes is no Score: ");
    }

    [Fact]
    public void An_unknown_kind_of_value_is_refused() =>
        Should.Throw<InvalidOperationException>(() => WorkflowJson.Read<Evidence>("""{ "$type": "rumour" }""", "fact"))
            .Message.ShouldStartWith("The fact is no Evidence: ");

    [Fact]
    public void A_value_that_its_type_refuses_is_refused_by_name() =>
        Should.Throw<InvalidOperationException>(() => WorkflowJson.Read<Percent>("""{ "Value": 101 }""", "share"))
            .Message.ShouldStartWith("The share is no Percent: ");

    private static T RoundTrip<T>(T value) => WorkflowJson.Read<T>(WorkflowJson.Write(value, "value"), "value");

    [JsonDerivedType(typeof(Text), "text")]
    [JsonDerivedType(typeof(Score), "score")]
    private abstract record Evidence;

    private sealed record Text(string Words) : Evidence;

    private sealed record Score(double Value, Level Level) : Evidence
    {
        public bool IsHigh => Level == Level.High;
    }

    private enum Level
    {
        Low,
        High,
    }

    private sealed record Report(IReadOnlyList<Evidence> Facts, TimeSpan Age);

    private sealed record Percent
    {
        public Percent(int value) => Value = value is >= 0 and <= 100 ? value : throw new ArgumentOutOfRangeException(nameof(value));

        public int Value { get; init; }
    }
}
