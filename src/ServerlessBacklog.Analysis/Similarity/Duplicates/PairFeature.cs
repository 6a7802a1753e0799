namespace ServerlessBacklog.Analysis.Similarity.Duplicates;

/// <summary>What is measured of two items to tell how likely they mean the same. The order is that of the weights.</summary>
public enum PairFeature
{
    /// <summary>BM25F of title and body (Robertson, Zaragoza, Taylor 2004) over the query's own score: about 0 … 1.</summary>
    Words,

    /// <summary>The same over the best candidate's.</summary>
    WordsAgainstBest,

    /// <summary>Cosine of (1 + ln tf) · idf, title three times.</summary>
    Cosine,

    /// <summary>Cosines of the fields, each with each.</summary>
    TitleTitle,
    TitleBody,
    BodyTitle,
    BodyBody,

    /// <summary>idf of the terms that both titles have over idf of all (weighted Jaccard).</summary>
    TitleOverlap,

    /// <summary>Rarity of the rarest term that only one title has, the less rare of the two sides: siblings name each something of their own.</summary>
    TitleContrast,

    /// <summary>Cosine of the titles' character triples.</summary>
    TitleSpelling,

    /// <summary>Cosine of the meanings (<see cref="Text.ITextEncoder"/>); 0 without an encoder.</summary>
    Meaning,

    /// <summary>Both name the same site, file or error.</summary>
    ThingsAgree,

    /// <summary>Both titles name such, and none is the same.</summary>
    ThingsDiffer,

    /// <summary>Both titles hold numbers or versions, and none is the same: part 1, part 2.</summary>
    NumbersDiffer,

    /// <summary>Both have an area, and share one.</summary>
    SameArea,

    /// <summary>They belong to different projects of one tracker.</summary>
    OtherProject,

    /// <summary>ln(1 + months between the two); 0 where there are no dates.</summary>
    Months,

    /// <summary>Within a week of each other.</summary>
    SameWeek,

    /// <summary>ln(1 + items that came in between / 20).</summary>
    Between,

    /// <summary>ln(1 + terms of the older one's body) / 5: much text is found more easily.</summary>
    Length,
}
