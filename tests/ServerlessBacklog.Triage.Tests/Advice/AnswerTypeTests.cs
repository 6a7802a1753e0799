using ServerlessBacklog.Triage.Advice;

namespace ServerlessBacklog.Triage.Tests.Advice;

public class AnswerTypeTests
{
    /// <summary>What keeps us safe is the form of answers: a label, a person, an item, a state or a change has no place in any of them.</summary>
    [Fact]
    public void Answers_of_models_hold_nothing_but_texts_numbers_and_words_of_a_list()
    {
        var answers = AdviceList.All.Select(a => Answer(a.GetType())).ToList();

        answers.Count.ShouldBe(6);
        answers.SelectMany(t => Parts(t, [])).Distinct().Where(t => t != typeof(string) && t != typeof(double) && !t.IsEnum).ShouldBeEmpty();
        answers.SelectMany(t => Parts(t, [])).Where(t => t.IsEnum).Distinct().Select(t => t.Name).Order().ShouldBe(["AdvisedKind", "PairVerdict"]);
    }

    private static Type Answer(Type advice)
    {
        for (var type = advice; type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(StepAdvice<>))
                return type.GenericTypeArguments[0];
        }

        throw new InvalidOperationException($"{advice.Name} takes no answer.");
    }

    private static IEnumerable<Type> Parts(Type type, HashSet<Type> seen)
    {
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return Parts(type.GenericTypeArguments[0], seen);
        if (type.Assembly == typeof(string).Assembly || type.IsEnum || !seen.Add(type))
            return type.Assembly == typeof(string).Assembly || type.IsEnum ? [type] : [];
        var members = type.GetProperties().Where(p => p.Name != "EqualityContract" && p.CanWrite).ToList();
        return members.Count == 0 ? [type] : members.SelectMany(p => Parts(p.PropertyType, seen));
    }
}
