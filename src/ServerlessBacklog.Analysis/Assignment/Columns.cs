namespace ServerlessBacklog.Analysis.Assignment;

/// <summary>What speaks for a candidate, in the order of the weights. Shares come as logarithms.</summary>
internal static class Columns
{
    /// <summary>Votes of the most similar items, few and many.</summary>
    public const int Near = 0;
    public const int Far = 1;

    /// <summary>The softmax over words, reporter, labels and areas.</summary>
    public const int Words = 2;

    /// <summary>Shares of the latest items, with half-lives of 3, 15, 60 and 400 items.</summary>
    public const int Latest = 3;

    /// <summary>Items since their last one, negative.</summary>
    public const int Since = 7;
    public const int Previous = 8;
    public const int Never = 9;

    /// <summary>To whom this reporter's items went.</summary>
    public const int Reporter = 10;

    /// <summary>How often reporters take their own items, for the reporter alone.</summary>
    public const int Self = 11;
    public const int IsReporter = 12;

    /// <summary>Mean over labels and areas; the most telling one of them; all as naive Bayes; all together as a set.</summary>
    public const int Keys = 13;
    public const int Telling = 14;
    public const int Bayes = 15;
    public const int Same = 16;

    public const int Owner = 17;
    public const int Count = 18;

    /// <summary>Weights before a backlog has taught any; chosen over several backlogs by hand and rounded.</summary>
    public static double[] Prior { get; } = [0.3, 0.2, 0.1, 0.1, 0.05, 0.05, 0, 0.25, 0, -0.9, 0.4, 0.3, 0.4, 0.1, 0.2, 0.15, 0.15, 1.5];

    /// <summary>What people call groups of columns.</summary>
    public static IReadOnlyList<(string Name, int[] Columns)> Groups { get; } =
    [
        ("similar items", [Near, Far]),
        ("words and fields", [Words]),
        ("latest items", [Latest, Latest + 1, Latest + 2, Latest + 3, Since, Previous, Never]),
        ("reporter", [Reporter, Self, IsReporter]),
        ("labels and areas", [Keys, Telling, Bayes, Same]),
        ("area owner", [Owner]),
    ];
}
