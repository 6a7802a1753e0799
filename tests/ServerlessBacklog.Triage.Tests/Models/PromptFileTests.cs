using System.Reflection;
using System.Text.Json;
using ServerlessBacklog.Triage.Advice;
using ServerlessBacklog.Triage.Models;

namespace ServerlessBacklog.Triage.Tests.Models;

public class PromptFileTests
{
    /// <summary>
    /// Version and hash of every prompt. A changed prompt gets a new version and a new line here: what was found with it is examined again, and it has to pass
    /// its evaluation anew before it may act.
    /// </summary>
    public static TheoryData<string, int, string> Shipped { get; } = new()
    {
        { "clarify", 1, "a02bb63eec323214" },
        { "duplicate-judge", 1, "22e4507db7b83689" },
        { "priority-inputs", 1, "56fb6f71a0e7e65e" },
        { "story", 1, "8ecd18021e91cb6f" },
        { "split", 1, "e12ddedad032c91d" },
        { "summary", 1, "69e2f3e52659a0d2" },
        { "draft-pair", 1, "478e8b2fa41235ef" },
        { "question", 1, "373d0317aebcbf61" },
    };

    [Theory]
    [MemberData(nameof(Shipped))]
    public void A_prompt_that_changes_gets_a_new_version(string name, int version, string hash)
    {
        var prompt = PromptList.All.Single(p => p.Name == name);

        (prompt.Version, prompt.Hash).ShouldBe((version, hash));
    }

    [Fact]
    public void Every_prompt_file_is_in_the_list_and_the_other_way_round() => typeof(PromptFile).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith("prompts.", StringComparison.Ordinal)).Select(n => n[8..^3]).Order().ShouldBe(PromptList.All.Select(p => p.Name).Order());

    [Fact]
    public void Every_piece_of_advice_is_in_the_list() => typeof(StepAdvice).Assembly.GetTypes()
        .Where(t => t.IsSubclassOf(typeof(StepAdvice)) && !t.IsAbstract).OrderBy(t => t.Name).ShouldBe(AdviceList.All.Select(a => a.GetType()).OrderBy(t => t.Name));

    [Fact]
    public void Examples_are_answers_that_the_checks_take()
    {
        foreach (var advice in AdviceList.All)
        {
            var type = advice.GetType().BaseType!.GetGenericArguments()[0];
            var read = typeof(AnswerJson).GetMethod(nameof(AnswerJson.Read), BindingFlags.Public | BindingFlags.Static)!.MakeGenericMethod(type);
            foreach (var example in advice.Prompt.Examples)
            {
                object?[] arguments = [example.Output, (Func<string, string>)(text => text), null];
                read.Invoke(null, arguments).ShouldNotBeNull($"{advice.Prompt.Name}: {arguments[2]}");
            }

            advice.Prompt.Examples.ShouldNotBeEmpty();
        }
    }

    [Fact]
    public void Quotes_of_examples_stand_in_their_inputs()
    {
        foreach (var example in PromptList.All.SelectMany(p => p.Examples))
        {
            foreach (var quote in QuotesIn(JsonDocument.Parse(example.Output).RootElement))
                Quotes.Holds(quote, [example.Input]).ShouldBeTrue(quote);
        }
    }

    [Fact]
    public void A_schema_says_every_member_and_no_other()
    {
        foreach (var prompt in PromptList.All)
            Strict(prompt.Schema).ShouldBeTrue(prompt.Name);
    }

    [Theory]
    [InlineData("no head")]
    [InlineData("# other 1\n\n## Task\n\nx")]
    public void A_file_without_its_head_is_refused(string text) => Should.Throw<FormatException>(() => PromptFile.Parse("clarify", text));

    private static IEnumerable<string> QuotesIn(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(m => m.Name is "quote" or "first" or "second" && m.Value.ValueKind == JsonValueKind.String ? [m.Value.GetString()!] : QuotesIn(m.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(QuotesIn),
        _ => [],
    };

    private static bool Strict(JsonElement schema) => schema.GetProperty("type").GetString() switch
    {
        "object" => !schema.GetProperty("additionalProperties").GetBoolean()
            && schema.GetProperty("properties").EnumerateObject().Select(p => p.Name).ToHashSet().SetEquals(schema.GetProperty("required").EnumerateArray().Select(r => r.GetString()!))
            && schema.GetProperty("properties").EnumerateObject().All(p => Strict(p.Value)),
        "array" => Strict(schema.GetProperty("items")),
        _ => true,
    };
}
