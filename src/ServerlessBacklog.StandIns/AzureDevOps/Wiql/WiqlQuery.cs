using ServerlessBacklog.StandIns.AzureDevOps.Model;

namespace ServerlessBacklog.StandIns.AzureDevOps.Wiql;

/// <summary>Where a query runs.</summary>
/// <param name="HasTimes">False when dates are compared by the day, as they are unless asked otherwise.</param>
internal sealed record WiqlPlace(Organization Organization, Project? Project, Identity Caller, bool HasTimes);

/// <summary>A flat query: <c>SELECT … FROM WorkItems WHERE … ORDER BY …</c>.</summary>
internal sealed class WiqlQuery
{
    private readonly List<Token> tokens;
    private readonly WiqlPlace place;
    private int at;

    private WiqlQuery(List<Token> tokens, WiqlPlace place) => (this.tokens, this.place) = (tokens, place);

    public List<FieldDefinition> Columns { get; } = [];

    public List<(FieldDefinition Field, bool Descending)> Order { get; } = [];

    public Func<WorkItem, bool> Where { get; private set; } = _ => true;

    /// <exception cref="WiqlException">It cannot be understood.</exception>
    public static WiqlQuery Parse(string text, WiqlPlace place)
    {
        var query = new WiqlQuery(WiqlTokens.Read(text), place);
        query.Read();
        return query;
    }

    public IEnumerable<WorkItem> Run()
    {
        IEnumerable<WorkItem> found = [.. place.Organization.Items.Values.Where(i => !i.IsDeleted && Where(i))];
        if (Order.Count == 0)
            return found;
        var sorted = found.OrderBy(_ => 0);
        foreach (var (field, descending) in Order)
            sorted = descending
                ? sorted.ThenByDescending(i => WiqlValues.Of(i, field), WiqlValues.Comparer)
                : sorted.ThenBy(i => WiqlValues.Of(i, field), WiqlValues.Comparer);
        return sorted;
    }

    private Token Now => tokens[at];

    private void Read()
    {
        Expect("SELECT");
        do
            Columns.Add(Field());
        while (Take(","));
        Expect("FROM");
        if (!Take("WorkItems"))
            throw new WiqlException(Now.Is("WorkItemLinks")
                ? "Queries for links are not played here."
                : "TF51006: The query statement is missing a FROM clause.");
        if (Take("WHERE"))
            Where = Either();
        if (Take("ORDER"))
        {
            Expect("BY");
            do
            {
                var field = Field();
                var descending = Take("DESC");
                if (!descending)
                    Take("ASC");
                Order.Add((field, descending));
            }
            while (Take(","));
        }

        if (Now.Kind != TokenKind.End)
            throw Unexpected();
    }

    private Func<WorkItem, bool> Either()
    {
        var left = Both();
        while (Take("OR"))
        {
            var (one, other) = (left, Both());
            left = item => one(item) || other(item);
        }

        return left;
    }

    private Func<WorkItem, bool> Both()
    {
        var left = One();
        while (Take("AND"))
        {
            var (one, other) = (left, One());
            left = item => one(item) && other(item);
        }

        return left;
    }

    private Func<WorkItem, bool> One()
    {
        if (Take("NOT"))
        {
            var inner = One();
            return item => !inner(item);
        }

        if (Take("("))
        {
            var inner = Either();
            Expect(")");
            return inner;
        }

        return Condition();
    }

    private Func<WorkItem, bool> Condition()
    {
        var field = Field();
        var not = Take("NOT");
        if (Take("IN"))
        {
            Expect("(");
            var values = new List<object?>();
            do
                values.Add(Value(field));
            while (Take(","));
            Expect(")");
            return item => values.Exists(v => WiqlValues.AreEqual(Of(item, field), v)) != not;
        }

        if (Take("CONTAINS"))
        {
            Take("WORDS");
            var part = Value(field)?.ToString() ?? "";
            return item => WiqlValues.Contains(item, field, part) != not;
        }

        if (Take("UNDER"))
        {
            var path = Value(field)?.ToString() ?? "";
            return item => WiqlValues.IsUnder(Of(item, field), path) != not;
        }

        var sign = Now.Text;
        if (Now.Kind != TokenKind.Sign || sign is not ("=" or "<>" or "<" or ">" or "<=" or ">="))
            throw Unexpected();
        at++;
        var value = Value(field);
        return item => WiqlValues.Holds(sign, Of(item, field), value);
    }

    private object? Of(WorkItem item, FieldDefinition field)
    {
        var value = WiqlValues.Of(item, field);
        return value is DateTimeOffset time && !place.HasTimes ? new DateTimeOffset(time.Date, TimeSpan.Zero) : value;
    }

    private object? Value(FieldDefinition field)
    {
        var token = Now;
        at++;
        return token.Kind switch
        {
            TokenKind.Macro => Macro(token.Text),
            TokenKind.Number => WiqlValues.Read(field, token.Text),
            TokenKind.Text => TextValue(field, token.Text),
            _ => throw Unexpected(token),
        };
    }

    private object? TextValue(FieldDefinition field, string text)
    {
        if (field.Type == "dateTime" && !place.HasTimes && text.Contains(':'))
            throw new WiqlException($"You cannot supply a time with the date when running a query using date precision. The error is caused by «[{field.ReferenceName}] {text}».");
        return WiqlValues.Read(field, text);
    }

    private object? Macro(string name)
    {
        switch (name.ToLowerInvariant())
        {
            case "@project":
                return place.Project?.Name ?? throw new WiqlException("TF51011: The macro @project needs a project in the address of the query.");
            case "@me":
                return place.Caller.DisplayName;
            case "@today":
                var days = 0;
                if (Now.Is("-") || Now.Is("+"))
                {
                    var sign = Now.Is("-") ? -1 : 1;
                    at++;
                    days = sign * int.Parse(tokens[at++].Text);
                }
                else if (Now.Kind == TokenKind.Number && Now.Text.StartsWith('-'))
                    days = int.Parse(tokens[at++].Text);
                return new DateTimeOffset(place.Organization.Now.Date, TimeSpan.Zero).AddDays(days);
            default:
                throw new WiqlException($"TF51011: The macro «{name}» is not known.");
        }
    }

    private FieldDefinition Field()
    {
        var token = Now;
        if (token.Kind is not (TokenKind.Field or TokenKind.Word))
            throw Unexpected();
        at++;
        return FieldDefinition.Find(token.Text)
            ?? throw new WiqlException($"TF51005: The query references a field that does not exist. The error is caused by «[{token.Text}]».");
    }

    private bool Take(string word)
    {
        if (!Now.Is(word))
            return false;
        at++;
        return true;
    }

    private void Expect(string word)
    {
        if (!Take(word))
            throw Unexpected();
    }

    private WiqlException Unexpected(Token? token = null) =>
        new($"TF51006: The query statement is missing a clause, or a word is not expected there. The error is near «{(token ?? Now).Text}».");
}
