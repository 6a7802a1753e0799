using System.Text.Json;
using ServerlessBacklog.Analysis.Classification;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Tests.Classification;

public class FieldClassifierTests
{
    private static readonly string[] Things = ["table", "report", "invoice", "mail", "profile", "calendar", "picture", "folder"];

    private static LabelledText Text(string project, object number, string title, string body, string value) =>
        new(new WorkItemRef("file", project, $"{number}"), new FieldText(title, BodySketch.Of(body)), value);

    /// <summary>As many bugs as features, told apart by their words.</summary>
    private static List<LabelledText> Lesson(string project, int each) =>
    [
        .. Enumerable.Range(0, each).Select(i => Text(project, $"b{i}", $"Printer crashes on {Things[i % 8]} {i}", "It fails with an exception", "Bug")),
        .. Enumerable.Range(0, each).Select(i => Text(project, $"f{i}", $"Allow filter for {Things[i % 8]} {i}", "Please support a search option", "Feature")),
    ];

    private static FieldPrediction Predict(FieldClassifier classifier, string project, string title, string body = "") =>
        classifier.Predict(new WorkItemRef("file", project, "new"), FieldText.Read(title, body, null))!;

    [Fact]
    public void Item_is_judged_by_what_items_like_it_are()
    {
        var classifier = FieldClassifier.Train(Lesson("p", 40))!;

        var bug = Predict(classifier, "p", "Printer crashes on margin", "It fails");

        bug.Best.ShouldBe("Bug");
        bug.Probability.ShouldBeGreaterThan(0.8);
        bug.Words.ShouldContain("crashes");
        bug.Values.Sum(v => v.Probability).ShouldBe(1, 1e-9);
    }

    [Fact]
    public void Order_of_the_lesson_changes_nothing()
    {
        var one = FieldClassifier.Train(Lesson("p", 30))!;
        var other = FieldClassifier.Train(Enumerable.Reverse(Lesson("p", 30)))!;

        Predict(other, "p", "Printer stops").Values.ShouldBe(Predict(one, "p", "Printer stops").Values);
    }

    [Theory]
    [InlineData(14)]
    [InlineData(0)]
    public void Too_few_items_teach_nothing(int each) => FieldClassifier.Train(Lesson("p", each)).ShouldBeNull();

    [Fact]
    public void One_value_alone_teaches_nothing() =>
        FieldClassifier.Train(Lesson("p", 60).Where(t => t.Value == "Bug")).ShouldBeNull();

    [Fact]
    public void Project_with_few_items_learns_from_the_others()
    {
        var classifier = FieldClassifier.Train([.. Lesson("large", 40), .. Lesson("small", 4)])!;

        Predict(classifier, "small", "Allow filter for cells").Best.ShouldBe("Feature");
        Predict(classifier, "large", "Allow filter for cells").Best.ShouldBe("Feature");
    }

    [Fact]
    public void Projects_that_name_their_values_differently_are_told_apart()
    {
        var german = Lesson("de", 40).Select(t => t with { Value = t.Value == "Bug" ? "Fehler" : "Wunsch" });
        var classifier = FieldClassifier.Train([.. Lesson("en", 40), .. german])!;

        Predict(classifier, "de", "Printer crashes on margin").Best.ShouldBe("Fehler");
        Predict(classifier, "en", "Printer crashes on margin").Best.ShouldBe("Bug");
    }

    [Fact]
    public void Learned_item_is_judged_by_models_that_never_saw_it()
    {
        var odd = Text("p", "odd", "Zebra quagga", "okapi", "Feature");
        var classifier = FieldClassifier.Train([.. Lesson("p", 40), odd])!;

        classifier.Predict(odd.Item, odd.Text)!.Probability.ShouldBeLessThan(0.9);
    }

    [Fact]
    public void Where_one_value_rules_the_even_choice_still_names_rare_ones()
    {
        var lesson = Lesson("p", 200).Where((t, i) => t.Value == "Bug" || i % 10 == 0).Select((t, i) => t with { Value = i % 12 == 0 ? "Feature" : t.Value });
        var classifier = FieldClassifier.Train(lesson)!;

        Predict(classifier, "p", "Allow filter for cells", "Please support a search option").Even.ShouldBe("Feature");
    }

    [Fact]
    public void An_area_that_the_text_names_is_found()
    {
        string[] areas = ["area-System.Net", "area-System.Linq", "area-System.Text"];
        var lesson = Enumerable.Range(0, 60).Select(i => Text("p", i, $"{areas[i % 3][5..]} is wrong for {Things[i % 8]}", "", areas[i % 3]));

        Predict(FieldClassifier.Train(lesson)!, "p", "Trouble with System.Linq today").Best.ShouldBe("area-System.Linq");
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("?", "")]
    [InlineData("保存失败", "保存失败保存失败")]
    [InlineData("x", "```")]
    public void Poor_text_gets_an_answer_without_certainty(string title, string body)
    {
        var classifier = FieldClassifier.Train([.. Lesson("p", 40), Text("p", "empty", "", "", "Bug"), Text("p", "one", "Broken", "", "Bug")])!;

        Predict(classifier, "p", title, body).Probability.ShouldBeInRange(0.5, 0.97);
    }

    [Fact]
    public void Equal_texts_with_different_values_are_no_certainty()
    {
        var lesson = Enumerable.Range(0, 80).Select(i => Text("p", i, "Broken", "It is broken", i % 2 == 0 ? "Bug" : "Feature"));

        Predict(FieldClassifier.Train(lesson)!, "p", "Broken", "It is broken").Probability.ShouldBeLessThan(0.7);
    }

    [Fact]
    public void Log_says_nothing_of_the_value()
    {
        var log = string.Concat(Enumerable.Repeat("2026-01-02 10:00:00 INFO Please support a search option\n", 4_000));

        var classifier = FieldClassifier.Train(Lesson("p", 40))!;

        JsonSerializer.Serialize(BodySketch.Of(log)).Length.ShouldBeLessThan(20);
        Predict(classifier, "p", "Printer crashes on margin", log).Best.ShouldBe("Bug");
    }

    [Fact]
    public void Sketch_is_small_and_survives_storage()
    {
        var sketch = BodySketch.Of(string.Join('\n', Enumerable.Range(0, 500).Select(i => $"Line number {i} of a very long description that goes on")));

        var stored = JsonSerializer.Serialize(sketch);
        var read = JsonSerializer.Deserialize<BodySketch>(stored)!;

        stored.Length.ShouldBeLessThan(1_500);
        JsonSerializer.Serialize(read).ShouldBe(stored);
    }
}
