using ServerlessBacklog.Triage.Commands;
using ServerlessBacklog.Triage.Models;
using ServerlessBacklog.Triage.Privacy;

namespace ServerlessBacklog.Triage.Questions;

/// <summary>
/// Lets a language model read a sentence that the grammar could not: into the same typed query or command, nothing else. It sees the sentence and the names
/// that the backlog has, no item. Each field of its answer is checked as one of the grammar's is, and a change needs the same confirmation.
/// </summary>
public sealed class QuestionAdvice(ModelDesk desk)
{
    private const int MostNames = 60;

    /// <summary>Null when no model may be asked, none answered, or nothing that it said could be taken.</summary>
    internal async Task<Reading?> ReadAsync(ChatAsk ask, BacklogWords words, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!desk.MayAsk(ask.Backlog))
            return null;
        var question = new ModelQuestion<QuestionAnswer>(PromptList.Question, ask.Backlog, "", Sources(ask, words, now))
        {
            Faults = answer => Faults(answer, ask, words),
            People = [.. words.People],
        };
        return (await desk.AskAsync(question, cancellation)).Value is { } said ? Read(said) : null;
    }

    internal static IReadOnlyList<SourceText> Sources(ChatAsk ask, BacklogWords words, DateTimeOffset now) =>
    [
        new("question", ask.Text, ItemField.Title),
        new("today", $"{now.UtcDateTime:yyyy-MM-dd dddd}", ItemField.State),
        new("asked by", ask.By.Login, ItemField.Assignees),
        new("people", List(words.People), ItemField.Assignees),
        new("areas", List(words.Areas), ItemField.Areas),
        new("types", List(words.Types), ItemField.Type),
        new("milestones", List(words.Milestones), ItemField.Milestone),
    ];

    /// <summary>What is wrong with an answer; a sentence each.</summary>
    internal static IEnumerable<string> Faults(QuestionAnswer answer, ChatAsk ask, BacklogWords words)
    {
        switch (answer.Kind)
        {
            case AnsweredKind.Query:
                foreach (var fault in QueryCheck.Faults(answer.Query(), words))
                    yield return fault;
                // A number that nobody said would be a guess.
                if (answer.Where.Any(c => c.Field == QueryField.Item && !Says(ask, c.Value)))
                    yield return "an item is named that the question does not name";
                break;
            case AnsweredKind.Command:
                if (CommandParser.Parse(answer.Command) is { Command: null, Problem: { } problem })
                    yield return $"the command is none: {problem}";
                if (answer.Item.Length == 0 || !Says(ask, answer.Item))
                    yield return "the command is for an item that the question does not name";
                break;
            case AnsweredKind.AskBack when answer.Readings.Count is < 2 or > 3 || answer.Readings.Any(r => r.Trim().Length is 0 or > 200):
                yield return "there must be two or three readings, each a sentence";
                break;
        }
    }

    internal static Reading? Read(QuestionAnswer answer) => answer.Kind switch
    {
        AnsweredKind.Query => new AskedQuery(answer.Query()),
        AnsweredKind.Command => new WishedChange(answer.Item.TrimStart('#'), answer.Command),
        AnsweredKind.AskBack => new OpenReading("That has more than one reading.", answer.Readings),
        _ => null,
    };

    private static bool Says(ChatAsk ask, string item) =>
        System.Text.RegularExpressions.Regex.IsMatch(ask.Text, $@"(?<![\w-]){System.Text.RegularExpressions.Regex.Escape(item.TrimStart('#'))}(?![\w-])", System.Text.RegularExpressions.RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));

    private static string List(IEnumerable<string> names) => string.Join("\n", names.Order(StringComparer.OrdinalIgnoreCase).Take(MostNames));
}

/// <summary>What a model may say: a query or a command in typed parts, and nothing besides. Parts of another kind stay empty.</summary>
public sealed record QuestionAnswer(
    AnsweredKind Kind, QueryAct Act, IReadOnlyList<Condition> Where, OrderField OrderBy, bool Descending, int Limit, GroupField GroupBy, IReadOnlyList<string> Between,
    string Item, string Command, IReadOnlyList<string> Readings)
{
    internal BacklogQuery Query() => new(Act)
    {
        Where = Where,
        Order = OrderBy == OrderField.Rank && !Descending ? null : new QueryOrder(OrderBy, Descending),
        Limit = Limit == 0 ? null : Limit,
        GroupBy = GroupBy == GroupField.Nothing ? null : Enum.Parse<QueryField>(GroupBy.ToString()),
        Between = Act == QueryAct.Compare ? Between : [],
    };
}

public enum AnsweredKind
{
    Query,
    Command,
    AskBack,

    /// <summary>It is about something else, or cannot be said with these parts.</summary>
    None,
}

public enum GroupField
{
    Nothing,
    Area,
    Type,
    Assignee,
    Priority,
    Milestone,
    State,
}
