namespace ServerlessBacklog.Triage.Privacy;

/// <summary>What the host keeps to itself, and for how long. The same for every backlog.</summary>
public sealed record PrivacySettings
{
    /// <summary>True to put placeholders for the names of people that stand in texts, unless personal data may be sent. Default true.</summary>
    public bool HideNames { get; init; } = true;

    /// <summary>True to put placeholders for IP addresses too. Default false: they are often what an item is about.</summary>
    public bool HideAddresses { get; init; }

    /// <summary>Which fields of an item may leave to a model.</summary>
    public FieldClasses Fields { get; init; } = new();

    public RetentionSettings Retention { get; init; } = new();

    /// <summary>Whether names that stand in texts are hidden: where they are to be, and personal data may not be sent as it is.</summary>
    public bool HidesNames => HideNames && Fields.Most < DataClass.Personal;
}

/// <summary>How long is kept what is needed no more. Days.</summary>
public sealed record RetentionSettings
{
    public const int MostDays = 365;

    /// <summary>Deliveries and their raw bodies, 1…365, default 8: longer than any tracker sends one again (GitHub 3 days, GitHub Enterprise Server 7, Azure DevOps 36 hours).</summary>
    public int DeliveryDays { get; init; } = 8;

    /// <summary>Cached answers of models, 1…365, default 30.</summary>
    public int AnswerDays { get; init; } = 30;
}
