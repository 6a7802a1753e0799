using System.Text.Json;
using ServerlessBacklog.Triage.Commands;
using ServerlessBacklog.Triage.Questions;

namespace ServerlessBacklog.Triage.Tests.Questions;

/// <summary>The written set of tests/fixtures/conversation, read by the grammar alone.</summary>
public class PhrasingTests
{
    /// <summary>Of the held-out sentences, as many as are understood today: fewer is a step back. None may be understood wrongly.</summary>
    private const int HeldOutUnderstood = 12;

    public static TheoryData<string> Ids => [.. AskedBacklog.Phrasings("phrasings.jsonl").Select(p => p.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_sentence_of_the_written_set_is_read_as_it_is_meant(string id) =>
        Judge(AskedBacklog.Phrasings("phrasings.jsonl").Single(p => p.Id == id)).ShouldBe("right");

    [Fact]
    public void The_written_set_has_questions_changes_ambiguous_and_refused_ones()
    {
        var set = AskedBacklog.Phrasings("phrasings.jsonl");

        set.CountBy(p => p.Expect).ToDictionary().ShouldBe(new Dictionary<string, int> { ["answer"] = 30, ["command"] = 10, ["ask"] = 10, ["refuse"] = 10 }, ignoreOrder: true);
    }

    [Fact]
    public void Held_out_sentences_are_understood_or_not_but_never_wrongly()
    {
        var judged = AskedBacklog.Phrasings("held-out.jsonl").Select(p => (p.Id, p.Say, Result: Judge(p))).ToList();

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', judged));
        judged.Where(j => j.Result is not ("right" or "not understood")).ShouldBeEmpty();
        judged.Count(j => j.Result == "right").ShouldBe(HeldOutUnderstood);
    }

    private static string Written(Command command) => $"{command.GetType().Name} {JsonSerializer.Serialize(command, command.GetType())}";

    /// <summary><c>right</c>, <c>not understood</c>, or what was made of it.</summary>
    private static string Judge(Phrasing phrasing)
    {
        var report = AskedBacklog.View.Report;
        var reading = new QuestionReader(report, new BacklogWords(report), "ada").Read(phrasing.Say);
        switch (reading)
        {
            case NoReading:
                return "not understood";
            case RefusedReading:
                return phrasing.Expect == "refuse" ? "right" : "refused";
            case OpenReading open:
                return phrasing.Expect == "ask" ? "right" : $"asked back: {string.Join(" | ", open.Readings)}";
            case WishedChange wish:
                return phrasing.Expect == "command" && CommandParser.Parse(wish.Says).Command is { } command
                    && Written(command) == Written(CommandParser.Parse(phrasing.Command!).Command!) && wish.Item == phrasing.Item ? "right" : $"command {wish.Item}: {wish.Says}";
            case AskedQuery asked:
                var rows = QueryRun.Rows(asked.Query, report).Select(r => r.Item.Ref.Number).Take(asked.Query.Limit ?? int.MaxValue).ToList();
                var answer = QueryAnswer.Of(asked.Query, AskedBacklog.View);
                var isRight = phrasing.Expect == "answer" && answer.Act == phrasing.Act
                    && (phrasing.Ids is null || (phrasing.Ordered ? rows.SequenceEqual(phrasing.Ids) : rows.Order().SequenceEqual(phrasing.Ids.Order())))
                    && (phrasing.Names is null || answer.Figures.Select(f => f.Name).Distinct().Take(phrasing.Names.Count).SequenceEqual(phrasing.Names));
                return isRight ? "right" : $"{answer.Act} {QueryWords.Of(asked.Query)}: {string.Join(' ', rows)}";
            default:
                return reading.GetType().Name;
        }
    }
}
