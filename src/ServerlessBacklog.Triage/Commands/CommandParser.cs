using System.Globalization;
using System.Text.RegularExpressions;
using ServerlessBacklog.Analysis.Text;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Comments;

namespace ServerlessBacklog.Triage.Commands;

/// <summary>Reads one command, from whatever channel. Pure. What is not understood is answered with the form that was perhaps meant.</summary>
public static partial class CommandParser
{
    private const int LongestReason = 500;
    private const int LongestWord = 100;
    private const int LongestSnooze = 365;
    private const int LongestTitle = 200;

    private static readonly string[] Fields = ["priority", "type", "severity", "area", "estimate"];

    /// <param name="text">Without the prefix <see cref="CommandText.Prefix"/>; with it is understood too.</param>
    public static CommandReading Parse(string text)
    {
        // Ids that we print may be taken apart with it, so that trackers make no links of them.
        text = text.Replace($"{OutgoingText.Space}", "", StringComparison.Ordinal).Trim();
        if (text.StartsWith(CommandText.Prefix, StringComparison.OrdinalIgnoreCase))
            text = text[CommandText.Prefix.Length..].Trim();
        var (said, because) = Reason(text);
        var words = Word().Matches(said).Select(m => m.Value.Replace("\"", "", StringComparison.Ordinal)).Where(w => w.Length > 0).ToList();
        if (words.Count == 0)
            return because is null ? CommandReading.Of(new HelpCommand(null)) : CommandReading.Wrong($"A reason alone is no command. {Known()}");
        if (words.Exists(w => w.Length > LongestWord))
            return CommandReading.Wrong("That is too long for a command. `/backlog help` says what can be said.");
        var verb = words[0].ToLowerInvariant();
        var rest = words[1..];
        return verb switch
        {
            "help" or "?" => Topic(rest),
            "why" or "explain" => Decision(rest, "why", id => new WhyCommand(id)),
            "undo" or "revert" => Decision(rest, "undo", id => new UndoCommand(id)),
            "status" => Nothing(rest, "status", new StatusCommand()),
            "next" => Nothing(rest, "next", new NextCommand()),
            "split" => Nothing(rest, "split", new SplitCommand()),
            "child" or "create" => Child(rest),
            "keep" => Nothing([.. rest.SkipWhile(w => w is "open" or "it" or "this")], "keep", new KeepCommand(because)),
            "reopen" => Nothing(rest, "reopen", new ReopenCommand(because)),
            "object" => because is null && rest.Count == 0 ? Form("object", "Say what is wrong.") : CommandReading.Of(new ObjectCommand(because ?? string.Join(' ', rest))),
            "pin" => Pin(rest, because),
            "unpin" => Unpin(rest),
            "priority" or "prioritize" or "prioritise" => Pin(["priority", .. rest], because),
            "estimate" or "size" => Estimate(rest),
            "assign" => Person(rest, "assign", login => new AssignCommand(login)),
            "unassign" => Person(rest, "unassign", login => new UnassignCommand(login)),
            "claim" => Nothing(rest, "assign", new AssignCommand(null)),
            "duplicate" or "dup" => Duplicate(rest),
            "not" => NotDuplicate(rest),
            "snooze" => Snooze(rest),
            "approve" or "accept" or "yes" => Approve(rest),
            "reject" or "deny" or "no" => Reject(rest, because),
            _ => CommandReading.Wrong(
                NearestWord.To(verb, [.. CommandWords.All.Select(w => w.Word)]) is { } near
                    ? $"There is no command '{Show(verb)}'. Did you mean `/backlog {CommandWords.Find(near)!.Form}`?"
                    : $"There is no command '{Show(verb)}'. {Known()}"),
        };
    }

    /// <summary>What follows "because" is the person's own words, whatever they are.</summary>
    private static (string Said, string? Because) Reason(string text)
    {
        if (Because().Match(text) is not { Success: true } match)
            return (text, null);
        var reason = match.Groups["reason"].Value.Trim();
        return (text[..match.Index], reason.Length == 0 ? null : reason.Length <= LongestReason ? reason : $"{reason[..LongestReason]}…");
    }

    private static CommandReading Topic(List<string> rest) => rest switch
    {
        [] => CommandReading.Of(new HelpCommand(null)),
        [var topic] when CommandWords.Find(topic) is { } known => CommandReading.Of(new HelpCommand(known.Word)),
        _ => CommandReading.Wrong($"There is no command '{Show(rest[0])}'. {Known()}"),
    };

    private static CommandReading Nothing(List<string> rest, string verb, Command command) =>
        rest.Count == 0 ? CommandReading.Of(command) : Form(verb, $"'{Show(rest[0])}' is not understood here.");

    private static CommandReading Decision(List<string> rest, string verb, Func<string?, Command> command) => rest switch
    {
        [] => CommandReading.Of(command(null)),
        [var id] when DecisionId().IsMatch(id) => CommandReading.Of(command(id)),
        _ => Form(verb, $"'{Show(rest[0])}' is not the id of a decision."),
    };

    private static CommandReading Pin(List<string> rest, string? because)
    {
        var (left, until, wrong) = Until(rest);
        if (wrong is not null)
            return Form("pin", wrong);
        var (field, value) = left switch
        {
            [var one] when one.Split('=', 2) is [var name, var set] => (FieldOf(name), set),
            [var name, var set] when FieldOf(name) is { } known => (known, set),
            [var one] => ((WorkItemField?)WorkItemField.Priority, one),
            _ => (null, ""),
        };
        if (field is not { } pinned || value.Length == 0)
            return Form("pin", left.Count == 0 ? "Say what is pinned." : $"'{Show(string.Join(' ', left))}' is not understood here.");
        if (pinned == WorkItemField.Priority && Urgency.FromPriority(value) is null)
            return Form("pin", $"'{Show(value)}' is no priority that is known here: P1 … P5, high, low and the like are.");
        return pinned == WorkItemField.Estimate && !IsSize(value, out _)
            ? Form("pin", $"'{Show(value)}' is no size.")
            : CommandReading.Of(new PinCommand(pinned, value, until, because));
    }

    private static CommandReading Unpin(List<string> rest) => rest switch
    {
        [] => CommandReading.Of(new UnpinCommand(WorkItemField.Priority)),
        [var name] when FieldOf(name) is { } field => CommandReading.Of(new UnpinCommand(field)),
        _ => Form("unpin", $"'{Show(rest[0])}' is no field: {string.Join(", ", Fields)} are."),
    };

    private static CommandReading Estimate(List<string> rest) => rest switch
    {
        [_] or [_, "points" or "point" or "days" or "day"] when IsSize(rest[0], out var points) => CommandReading.Of(new EstimateCommand(points)),
        [] => Form("estimate", "Say how large."),
        _ => Form("estimate", $"'{Show(rest[0])}' is no size: a number from 0 to 1000 is."),
    };

    private static CommandReading Person(List<string> rest, string verb, Func<string?, Command> command) => rest switch
    {
        ["me" or "myself"] => CommandReading.Of(command(null)),
        [var login] when Login().Match(login) is { Success: true } match => CommandReading.Of(command(match.Groups["login"].Value)),
        [] => Form(verb, "Say whom."),
        _ => Form(verb, $"'{Show(string.Join(' ', rest))}' is no login."),
    };

    private static CommandReading Duplicate(List<string> rest) => rest switch
    {
        ["of", _] or [_] when ItemOf(rest[^1]) is { } canonical => CommandReading.Of(new DuplicateOfCommand(canonical)),
        [] or ["of"] => Form("duplicate", "Say of which item."),
        _ => Form("duplicate", $"'{Show(rest[^1])}' is no item."),
    };

    private static CommandReading NotDuplicate(List<string> rest) => rest switch
    {
        ["duplicate" or "dup"] or ["a", "duplicate"] => CommandReading.Of(new NotDuplicateCommand(null)),
        ["duplicate" or "dup", "of", _] or ["duplicate" or "dup", _] or ["a", "duplicate", "of", _] when ItemOf(rest[^1]) is { } other
            => CommandReading.Of(new NotDuplicateCommand(other)),
        _ => Form("not", "That is not understood here."),
    };

    private static CommandReading Child(List<string> rest) => string.Join(' ', rest) switch
    {
        { Length: 0 } => Form("child", "Say what it is called."),
        { Length: > LongestTitle } => Form("child", $"A title has at most {LongestTitle} characters."),
        var title => CommandReading.Of(new ChildCommand(title)),
    };

    private static CommandReading Snooze(List<string> rest)
    {
        var (left, until, wrong) = Until(rest);
        if (wrong is not null)
            return Form("snooze", wrong);
        if (until is not null && left.Count == 0)
            return CommandReading.Of(new SnoozeCommand(0, until));
        var match = Span().Match(string.Join(' ', left));
        if (!match.Success || until is not null)
            return Form("snooze", left.Count == 0 ? "Say for how long." : $"'{Show(string.Join(' ', left))}' is no time.");
        var days = int.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture)
            * (match.Groups["unit"].Value.ToLowerInvariant() switch { "w" or "week" or "weeks" => 7, "m" or "month" or "months" => 30, _ => 1 });
        return days is >= 1 and <= LongestSnooze ? CommandReading.Of(new SnoozeCommand(days, null)) : Form("snooze", $"Between 1 and {LongestSnooze} days can be slept over.");
    }

    private static CommandReading Approve(List<string> rest)
    {
        var id = rest is [var first, ..] && DecisionId().IsMatch(first) ? first : null;
        if (id is not null)
            rest = rest[1..];
        var (only, with, isOnly) = (new List<string>(), new List<FieldWord>(), false);
        var into = false;
        foreach (var word in rest.SelectMany(w => w.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            if (word is "only" or "with" or "and")
            {
                (into, isOnly) = (word is "only" || (word is "and" && into), isOnly || word is "only");
                continue;
            }

            if (word.Split('=', 2) is [var name, { Length: > 0 } value] && FieldOf(name) is { } field)
            {
                with.Add(new FieldWord(field, value));
                if (into)
                    only.Add(new SetField(field, value).Slot);
            }
            else if (into)
                only.Add(word);
            else
                return Form("approve", $"'{Show(word)}' is not understood here.");
        }

        if (isOnly && only.Count == 0)
            return Form("approve", "Say which change, after 'only'.");
        return CommandReading.Of(new ApproveCommand(id, only, with));
    }

    private static CommandReading Reject(List<string> rest, string? because)
    {
        var id = rest is [var first, ..] && DecisionId().IsMatch(first) ? first : null;
        if (id is not null)
            rest = rest[1..];
        because ??= rest.Count > 0 ? string.Join(' ', rest) : null;
        return because is null ? Form("reject", "A reason is needed: the system learns from it.") : CommandReading.Of(new RejectCommand(id, because));
    }

    private static (List<string> Left, DateOnly? Until, string? Wrong) Until(List<string> rest)
    {
        var at = rest.IndexOf("until");
        if (at < 0)
            return (rest, null, null);
        return at + 1 < rest.Count && DateOnly.TryParseExact(rest[at + 1], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? ([.. rest[..at], .. rest[(at + 2)..]], day, null)
            : (rest, null, "A day is written 2027-01-31.");
    }

    private static WorkItemField? FieldOf(string name) => name.ToLowerInvariant() switch
    {
        "priority" or "prio" => WorkItemField.Priority,
        "type" => WorkItemField.Type,
        "severity" => WorkItemField.Severity,
        "area" => WorkItemField.Area,
        "estimate" or "points" or "size" => WorkItemField.Estimate,
        _ => null,
    };

    private static bool IsSize(string text, out double points) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out points) && points is >= 0 and <= 1000;

    private static ItemWord? ItemOf(string text)
    {
        if (WorkItemRef.TryParse(text, out var full))
            return new ItemWord(full!.Project, full.Number);
        return Item().Match(text) is { Success: true } match ? new ItemWord(match.Groups["project"] is { Success: true } project ? project.Value : null, match.Groups["number"].Value) : null;
    }

    private static CommandReading Form(string verb, string what) => CommandReading.Wrong($"{what} It is written `/backlog {CommandWords.Find(verb)!.Form}`.");

    /// <summary>A command as it is shown later: plain and short.</summary>
    internal static string Shown(string text) => string.Concat((text.Length > 200 ? $"{text[..200]}…" : text).Select(c => char.IsControl(c) ? ' ' : c));

    private static string Known() => $"There is: {string.Join(", ", CommandWords.All.Select(w => w.Word))}.";

    /// <summary>A person's word in an answer: plain and short.</summary>
    private static string Show(string word) => string.Concat((word.Length > 40 ? $"{word[..40]}…" : word).Where(c => !char.IsControl(c) && c is not '`'));

    [GeneratedRegex("(?:\"[^\"]*\"|[^\\s\"]|\"(?=[^\"]*\\z))+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"(?:\A|\s)(?:because|reason:|since)(?:\s+(?<reason>.*))?\z", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Because();

    /// <summary>Ids are 24 hex digits, with a letter behind them for those of single items.</summary>
    [GeneratedRegex(@"\A[0-9a-f]{24}[a-z]?\z", RegexOptions.CultureInvariant)]
    private static partial Regex DecisionId();

    [GeneratedRegex(@"\A@?(?<login>[A-Za-z0-9][A-Za-z0-9._@-]{0,99})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Login();

    [GeneratedRegex(@"\A(?:(?<project>[\w.-]{1,100}/[\w. -]{1,100})#|AB#|#)?(?<number>[0-9]{1,10}|[A-Z][A-Z0-9]{1,9}-[0-9]{1,9})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Item();

    [GeneratedRegex(@"\A(?:for )?(?<count>[0-9]{1,3}) ?(?<unit>d|days?|w|weeks?|m|months?)?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Span();
}
