using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Assignment;

/// <summary>How likely somebody gets an item by what they did before.</summary>
/// <param name="Share">0 … 1; over all candidates the shares add up to 1.</param>
/// <param name="Parts">What speaks for and against them: the product of their factors over <paramref name="Whole"/> is the share.</param>
/// <param name="Whole">The sum of the products over all candidates.</param>
public sealed record Skill(Person Person, double Share, IReadOnlyList<SkillPart> Parts, double Whole);

/// <summary>One kind of evidence.</summary>
/// <param name="Factor">Above 1 it speaks for the person more than for the average candidate, below 1 against them.</param>
public sealed record SkillPart(string Name, double Factor);
