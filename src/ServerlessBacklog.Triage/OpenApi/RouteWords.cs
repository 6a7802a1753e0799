using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Questions;

namespace ServerlessBacklog.Triage.OpenApi;

/// <summary>What the document says of one route besides what the route itself says.</summary>
/// <param name="Summary">What it is for, in a clause.</param>
/// <param name="Answers">The answers that are no errors, by status.</param>
/// <param name="Errors">When each error is answered, by status.</param>
internal sealed record RouteWords(string Summary, IReadOnlyDictionary<int, RouteReply> Answers, IReadOnlyDictionary<int, string> Errors)
{
    public IReadOnlyList<RouteParameter> Parameters { get; init; } = [];

    /// <summary>The body that is sent; null for none.</summary>
    public Type? Request { get; init; }

    /// <summary>Media type of that body.</summary>
    public string RequestMedia { get; init; } = "application/json";

    /// <summary>True where people look at the answer: it is a page, but for errors of the call itself.</summary>
    public bool IsPage { get; init; }

    /// <summary>An example of that body, as JSON.</summary>
    public string? Example { get; init; }

    private static readonly RouteParameter Backlog = new("backlog", "The backlog's name.", "owner/repo");
    private static readonly RouteParameter Item = new("item", "The item, as tracker:project#number.", "github:owner/repo#12");

    private static readonly IReadOnlyList<RouteParameter> Link =
        [Backlog, new("kind", "Which messages.", "manager") { IsRequired = false }, new("seal", "What proves whose link it is.", "0123456789abcdef0123456789abcdef") { IsRequired = false }];

    private static readonly IReadOnlyDictionary<int, RouteReply> Page = new Dictionary<int, RouteReply> { [200] = new("A page.", typeof(string)) };

    private static readonly IReadOnlyDictionary<int, string> Nothing = new Dictionary<int, string>();

    private const string NoBacklog = "There is no backlog of that name, or no such item in it.";
    private const string Wrong = "A parameter or the body is missing or wrong; the error says which.";

    /// <summary>By the name of the route. A test compares it with <see cref="Routes.All"/>.</summary>
    public static IReadOnlyDictionary<string, RouteWords> All { get; } = new Dictionary<string, RouteWords>(StringComparer.Ordinal)
    {
        [Routes.Health.Name] = new("Whether the program answers, and its version", Ok<HealthReply>("It answers."), Nothing),
        [Routes.Status.Name] = new("How a backlog stands, and what is stuck", Ok<StatusReply>("The figures, and when they were worked out."), When((404, NoBacklog))) { Parameters = [Backlog] },
        [Routes.Sweep.Name] = new("Examines a whole backlog, in the background", Accepted<SweepReply>("It is started, or one is under way."), When((400, Wrong), (404, NoBacklog))) { Parameters = [Backlog] },
        [Routes.Triage.Name] = new("Examines one item, in the background", Accepted<TriageReply>("It is started, or told to one that is under way."), When((400, Wrong), (404, NoBacklog))) { Parameters = [Backlog, Item] },
        [Routes.Answer.Name] = new("Takes a person's answer to what is asked about an item", Accepted<AnsweredReply>("The answer is taken."), When(
            (400, Wrong), (403, "By their role in the tracker the person may not answer."), (404, "Nothing of the kind is asked."), (409, "It is answered already, or no longer asked.")))
        {
            Parameters = [Backlog, Item, new("decision", "The decision that asks.", "0123456789abcdef01234567")],
            Request = typeof(Requests.GivenAnswer),
            Example = """{"approved": true, "by": "ada", "note": "Yes, the same crash."}""",
        },
        [Routes.Review.Name] = new("What waits for a person, surest first", Ok<ReviewReply>("The asks."), When((404, NoBacklog)))
        {
            Parameters = [Backlog, new("step", "Only what this step proposes.", "duplicates") { IsRequired = false }],
        },
        [Routes.Doctor.Name] = new("Whether the set-up is in order, and how to mend it", Ok<DoctorReply>("What was looked at."), Nothing),
        [Routes.Chat.Name] = new(
            "Answers a question about a backlog, or makes a plan to change one item, which the same person confirms by a second call", Ok<ChatAnswer>("The answer, a plan, a question back, or why there is none of them."),
            When((400, Wrong), (404, NoBacklog)))
        {
            Request = typeof(ChatCall),
            Example = """{"backlog": "owner/repo", "text": "what is blocked, oldest first?", "by": "ada"}""",
        },
        [Routes.OpenApi.Name] = new("This document", new Dictionary<int, RouteReply> { [200] = new("An OpenAPI document.", null) }, Nothing),
        [Routes.Hook.Name] = new(
            "Takes a webhook of a tracker in", new Dictionary<int, RouteReply> { [200] = new("It is known and needs nothing.", typeof(HookReply)), [202] = new("It is stored, and its triage starts.", typeof(HookReply)) },
            When((400, "The body cannot be read."), (401, "The signature or secret is missing or wrong."), (403, "No secret is set here."), (404, "No tracker of that name takes webhooks in.")))
        {
            Parameters = [new("tracker", "The tracker whose webhook it is.", "github")],
            Request = typeof(object),
            Example = "{}",
        },
        [Routes.Slack.Name] = new("Takes a command or a button of Slack", new Dictionary<int, RouteReply> { [200] = new("It is taken, and answered where Slack says.", null) },
            When((400, "It is neither a command nor a button."), (401, "The signature is missing, wrong or too old."), (403, "No signing secret is set here."), (404, "Nothing listens to Slack here.")))
        {
            Request = typeof(object),
            RequestMedia = "application/x-www-form-urlencoded",
            Example = """{"command": "/backlog", "text": "what is blocked", "user_id": "U123", "response_url": "https://hooks.slack.com/commands/1"}""",
        },
        [Routes.UnsubscribePage.Name] = new("The page behind the link that ends messages; looking at it changes nothing", Page, When((400, Wrong), (404, "The link leads nowhere."))) { Parameters = Link, IsPage = true },
        [Routes.Unsubscribe.Name] = new("Ends the messages that a link belongs to", Page, When((400, Wrong), (404, "The link leads nowhere."))) { Parameters = Link, IsPage = true },
    };

    private static Dictionary<int, RouteReply> Ok<T>(string what) => new() { [200] = new RouteReply(what, typeof(T)) };

    private static Dictionary<int, RouteReply> Accepted<T>(string what) => new() { [202] = new RouteReply(what, typeof(T)) };

    private static Dictionary<int, string> When(params ReadOnlySpan<(int Status, string When)> errors)
    {
        var all = new Dictionary<int, string>();
        foreach (var (status, when) in errors)
            all[status] = when;
        return all;
    }
}

/// <param name="Body">Its type; null for any object.</param>
internal sealed record RouteReply(string What, Type? Body);

/// <summary>A value in the path or, where the path has no place for it, in the query.</summary>
internal sealed record RouteParameter(string Name, string What, string Example)
{
    public bool IsRequired { get; init; } = true;
}
