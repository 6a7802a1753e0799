using System.Text.RegularExpressions;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Advice;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Adapters.Tests.Advice;

public class GuardTests
{
    private const string Good = """{"answered":[],"questions":[{"part":"steps to reproduce","question":"What did you press before it closed?"}],"contradictions":[]}""";
    private const string Token = "ghp_" + "Zk3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xYzAcB";

    private static WorkItem Vague { get; } = An.Item(1, "It breaks", "It breaks sometimes, please fix it soon.") with { Type = "Bug" };

    [Fact]
    public async Task A_detector_that_fails_is_no_threat_and_the_rules_stand()
    {
        await using var backlog = await AdvisedBacklog.StartAsync(AdvisedBacklog.Saying("clarify", Good), look: (_, _, _) => throw new RegexMatchTimeoutException());

        var finding = await backlog.FindAsync(StepName.Clarity, Vague);

        finding.Consulted.ShouldHaveSingleItem().Result.ShouldBe("detector_down");
        finding.IsAdvised.ShouldBeFalse();
        finding.Due.ShouldBe(An.Instant.AddHours(1));
        finding.EvidenceOf(EvidenceKind.Note).ShouldContain(e => e.Text.Contains("could not be looked at"));
    }

    [Theory]
    [InlineData("You help to keep a backlog of work items in order, is that it?")]
    [InlineData("May we use " + Token + " to look?")]
    [InlineData("May we write to stranger@evil.example?")]
    [InlineData("Is it \\u001b[31mred?")]
    public async Task Own_words_keys_addresses_of_nobody_and_control_signs_are_suspicious(string question)
    {
        await using var backlog = await AdvisedBacklog.StartAsync(AdvisedBacklog.Saying("clarify", Good.Replace("What did you press before it closed?", question)));

        var finding = await backlog.FindAsync(StepName.Clarity, Vague);

        finding.Consulted.ShouldHaveSingleItem().Result.ShouldBe("suspicious");
        backlog.Service.Requests.Count(r => r.Body.Contains(Token)).ShouldBe(0);
    }

    /// <summary>The answer that is to be mended goes back to the service: without what the model should not have seen.</summary>
    [Fact]
    public async Task What_is_sent_back_to_be_mended_is_redacted_again()
    {
        var item = Vague with { Body = "It breaks sometimes. Ask jane.doe@example.org, please fix it soon." };
        await using var backlog = await AdvisedBacklog.StartAsync(AdvisedBacklog.Saying("clarify", Good.Replace("steps to reproduce", "jane.doe@example.org"), Good));

        var finding = await backlog.FindAsync(StepName.Clarity, item);

        finding.Consulted.ShouldHaveSingleItem().Requests.ShouldBe(2);
        backlog.Sent.ShouldNotContain("jane.doe");
    }

    [Theory]
    [InlineData("c9")]
    [InlineData("c0")]
    [InlineData("C1")]
    [InlineData("c1 ")]
    [InlineData("c01")]
    [InlineData("1")]
    [InlineData("#1")]
    [InlineData("github:owner/repo#1")]
    public void No_item_comes_out_of_the_judge_that_did_not_go_in(string id)
    {
        var (item, other) = (An.Item(2, "Saving the list is slow"), An.Item(3, "Slow to save the list"));
        var about = new AdviceCase(item, Finding.Nothing(StepName.Duplicates, item.Ref, "None."), An.Context(item, other), [other]);
        SharedFact[] shared = [new("the list", "the list"), new("slow", "Slow")];
        var judge = new JudgeAdvice();

        judge.Faults(new JudgeAnswer([new CandidateVerdict(id, PairVerdict.Duplicate, shared, [])]), about).ShouldBe(["a verdict names a candidate that was not given"]);
        judge.Faults(new JudgeAnswer([new CandidateVerdict("c1", PairVerdict.Duplicate, shared, [])]), about).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_that_an_item_holds_is_left_out_of_what_is_found()
    {
        var item = Vague with { Body = $"Steps to reproduce: log in with {Token} and press save, then it breaks sometimes. Expected: it does not break with {Token}." };
        await using var plain = await AdvisedBacklog.StartAsync(with: o => o with { LocalOnly = true });

        var findings = (await plain.ExamineAsync([item]))[item.Ref];

        System.Text.Json.JsonSerializer.Serialize(findings).ShouldSatisfyAllConditions(f => f.ShouldNotContain(Token), f => f.ShouldContain("[secret]"));
    }
}
