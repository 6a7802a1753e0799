using System.Text.RegularExpressions;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Commands;

namespace ServerlessBacklog.Triage.Questions;

/// <summary>Reads a wish to change one item into a command, in the words that <see cref="CommandParser"/> knows: there is one parser, and one set of rules. Pure.</summary>
internal static partial class WishReader
{
    private const string Item = @"(?:item |issue |ticket |bug |task |story |number |no )?(?<item>[\w.-]+/[\w.-]+#\d{1,10}|#?\d{1,10}|[a-z][a-z0-9]{1,9}-\d{1,9})";
    private const string Other = @"(?:item |issue |ticket |bug )?(?<other>[\w.-]+/[\w.-]+#\d{1,10}|#?\d{1,10}|[a-z][a-z0-9]{1,9}-\d{1,9})";
    private const string Level = @"(?:priority |prio )?(?<level>p[0-5]|highest|high|medium|normal|low|lowest|urgent|critical)(?: priority| prio)?";
    private const string Login = @"@?(?<who>[a-z0-9][a-z0-9._@-]{0,99})";
    private const string Polite = @"^(?:please |pls |can you |could you |would you |i want to |i would like to |i'd like to |let us |lets |now )*";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Forms with one meaning, tried in order.</summary>
    private static readonly (Regex Form, Func<Match, string> Says)[] Forms =
    [
        Form($"{Item} is not (?:a )?(?:duplicate|dupe?)(?: (?:of|from) {Other})?", m => m.Groups["other"].Success ? $"not duplicate of {Hash(m.Groups["other"].Value)}" : "not duplicate"),
        Form($"(?:close|mark|resolve|flag)? ?{Item} (?:is |as )(?:a |the )?(?:duplicate|dupe?) of {Other}", m => $"duplicate of {Hash(m.Groups["other"].Value)}"),
        Form($"(?:duplicate|dupe?) {Item} (?:of|to|into) {Other}", m => $"duplicate of {Hash(m.Groups["other"].Value)}"),
        Form($"(?:merge|fold) {Item} (?:into|with) {Other}", m => $"duplicate of {Hash(m.Groups["other"].Value)}"),
        Form($"(?:make|set|mark|change|bump|raise|lower|pin|put|prioriti[sz]e) {Item} (?:to |as |at |down to |up to )?(?:a |an )?{Level}", m => $"pin {Priority(m)}"),
        Form($"(?:make|set|change|bump|raise|lower|pin)? ?(?:the )?(?:priority|prio) (?:of|for|on) {Item} (?:to |is |as |at |= |down to |up to )?{Level}", m => $"pin {Priority(m)}"),
        Form($"(?:set|change|make|pin) (?:the )?(?<field>type|area|severity) of {Item} (?:to |as )\"?(?<value>[^\"|]{{1,60}})\"?", m => $"pin {m.Groups["field"].Value}={Quoted(m.Groups["value"].Value.Trim())}"),
        Form($"unpin (?:the (?<field>priority|type|area|severity|estimate) (?:of|on|for) )?{Item}", m => $"unpin {(m.Groups["field"].Success ? m.Groups["field"].Value : "priority")}"),
        Form($"(?:assign|give|hand) {Item} (?:over )?to {Login}", m => $"assign {Who(m)}"),
        Form($"assign {Login} to {Item}", m => $"assign {Who(m)}"),
        Form($"(?:i will|i'll|let me) take {Item}|claim {Item}|take {Item}", _ => "assign me"),
        Form($"(?:take|remove|unassign|drop) {Login} (?:off|from|of) {Item}", m => $"unassign {Who(m)}"),
        Form($"(?:set|change|make|put) (?:the )?(?:estimate|size|points|story points) (?:of|for|on) {Item} (?:to |as |at |= )?(?<size>\\d+(?:\\.\\d+)?)(?: (?:story )?(?:points?|pts?|days?))?", m => $"estimate {m.Groups["size"].Value}"),
        Form($"(?:estimate|size) {Item} (?:to |as |at |with |is )?(?<size>\\d+(?:\\.\\d+)?)(?: (?:story )?(?:points?|pts?|days?))?", m => $"estimate {m.Groups["size"].Value}"),
        Form($"{Item} (?:is|has|takes|needs|costs) (?<size>\\d+(?:\\.\\d+)?) (?:story )?(?:points?|pts?)", m => $"estimate {m.Groups["size"].Value}"),
        Form($"keep {Item}(?: open)?|(?:do not|never) close {Item}|leave {Item} open", _ => "keep"),
        Form($"(?:undo|revert|take back)(?: (?:the |your )?(?:last |latest )?(?:change|decision)s?)?(?: (?:on|of|at|for|to))? {Item}", _ => "undo"),
        Form($"(?:approve|accept|agree (?:to|with)|say yes to|confirm)(?: (?:what is asked|what you ask|the (?:question|ask|proposal|change)s?))?(?: (?:on|for|at|of))? {Item}", _ => "approve"),
        Form($"(?:reject|refuse|deny|decline|say no to)(?: (?:what is asked|what you ask|the (?:question|ask|proposal|change)s?))?(?: (?:on|for|at|of))? {Item}", _ => "reject"),
        Form($"(?:snooze|postpone|put off|delay|ask again about)(?: (?:the )?(?:question|ask)(?: (?:on|about))?)? {Item} (?:for |by |until |in )?(?<span>\\d{{4}}-\\d\\d-\\d\\d|\\w+ (?:days?|weeks?|months?))", m => $"snooze {Span(m.Groups["span"].Value)}"),
        Form($"split {Item}(?: up)?(?: into children)?", _ => "split"),
        Form($"reopen {Item}|open {Item} again", _ => "reopen"),
        Form($"(?:create|add|open|file|make) (?:an? |the )?(?:new )?(?:child|sub-?item|sub-?task|sub-?issue|item|issue|task)(?: (?:called|named|titled))? \"(?<title>[^\"]{{1,100}})\" (?:under|below|of|in|to|for) {Item}", m => $"child {Quoted(m.Groups["title"].Value)}"),
    ];

    /// <summary>Null when it is no wish of these forms.</summary>
    /// <param name="candidate">Who could take an item, by its number; null where nobody knows.</param>
    public static Reading? Read(string text, Func<string, string?> candidate)
    {
        var (said, because) = Reason(text);
        // Titles keep their case; everything else is read without it.
        var plain = Title().Match(said) is { Success: true } title ? Phrase.Plain(said).Replace(title.Value.ToLowerInvariant(), title.Value, StringComparison.Ordinal) : Phrase.Plain(said);
        foreach (var (form, says) in Forms)
        {
            if (form.Match(plain) is { Success: true } match)
                return new WishedChange(match.Groups["item"].Value.TrimStart('#'), says(match) + because);
        }

        return Unfinished(plain, candidate);
    }

    /// <summary>A wish that lacks a part or has several meanings.</summary>
    private static OpenReading? Unfinished(string plain, Func<string, string?> candidate)
    {
        if (CloseAlone().Match(plain) is { Success: true } close && close.Groups["item"].Value.TrimStart('#') is var item)
            return new OpenReading($"What is to become of {item}? I close duplicates only; anything else is closed in the tracker.", [$"close {item} as duplicate of #…", $"what is item {item} about", $"keep {item} open"]);
        if (AssignAlone().Match(plain) is { Success: true } assign && assign.Groups["item"].Value.TrimStart('#') is var whose)
            return new OpenReading($"To whom is {whose} assigned?", [$"assign {whose} to me", .. candidate(whose) is { } person ? [$"assign {whose} to {person}"] : Array.Empty<string>(), $"who could take {whose}"]);
        if (NoItem().Match(plain) is { Success: true } it)
            return new OpenReading("Which item is meant?", [$"{it.Groups["verb"].Value} #… {it.Groups["rest"].Value}".TrimEnd(), "what should I work on next"]);
        if (NoLevel().Match(plain) is { Success: true } level && level.Groups["item"].Value.TrimStart('#') is var urgent)
            return new OpenReading($"Which priority is {urgent} to get?", [$"make {urgent} a P1", $"make {urgent} a P2", $"make {urgent} a P3"]);
        return Create().IsMatch(plain) ? new OpenReading("I create items only below another one. Where does it belong?", ["create a child \"…\" under #…"]) : null;
    }

    private static (string Said, string Because) Reason(string text) =>
        Because().Match(text) is { Success: true } match ? (text[..match.Index], $" because {match.Groups["reason"].Value.Trim()}") : (text, "");

    private static (Regex, Func<Match, string>) Form(string form, Func<Match, string> says) =>
        (new Regex($"{Polite}(?:{form})(?: please| pls)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patience), says);

    private static string Hash(string item) => item.Contains('/', StringComparison.Ordinal) ? item : item.Contains('-', StringComparison.Ordinal) ? item.ToUpperInvariant() : $"#{item.TrimStart('#')}";

    private static string Who(Match match) => match.Groups["who"].Value is "me" or "myself" ? "me" : match.Groups["who"].Value;

    private static string Priority(Match match) => match.Groups["level"].Value is var level && level.StartsWith('p') ? level.ToUpperInvariant() : $"P{Urgency.FromPriority(level)}";

    private static string Quoted(string value) => value.Contains(' ', StringComparison.Ordinal) ? $"\"{value}\"" : value;

    /// <summary>As the parser writes a span: <c>2 weeks</c>, <c>until 2027-01-31</c>.</summary>
    private static string Span(string span) => span.Contains('-', StringComparison.Ordinal) ? $"until {span}"
        : span.Split(' ') is [var count, var unit] && Phrase.Number(count) is { } number ? $"{number} {unit}" : span;

    [GeneratedRegex(@"(?:,|\s)+because\s+(?<reason>.+)\z", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Because();

    [GeneratedRegex("\"[^\"]{1,100}\"", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Title();

    [GeneratedRegex(Polite + "(?:close|resolve|finish|archive|cancel) " + Item + "$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex CloseAlone();

    [GeneratedRegex(Polite + "(?:assign|reassign) " + Item + "$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex AssignAlone();

    [GeneratedRegex(Polite + @"(?<verb>make|set|mark|close|assign|give|keep|undo|approve|reject|snooze|split|reopen|estimate|bump) (?:it|this|that|that one|this one)\b ?(?<rest>.*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex NoItem();

    [GeneratedRegex(Polite + "(?:change|set|raise|lower|bump|prioriti[sz]e) (?:the )?(?:(?:priority|prio) (?:of|for|on) )?" + Item + "$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex NoLevel();

    [GeneratedRegex(Polite + @"(?:create|add|file|open) (?:an? |the )?(?:new )?(?:item|issue|bug|task|ticket|story|feature|child)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Create();
}
