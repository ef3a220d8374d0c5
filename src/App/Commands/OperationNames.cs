namespace OpenHall.App;

/// <summary>Names of commands as people read them: <c>operation.TakePayment</c> in the module's texts.</summary>
public static class OperationNames
{
    public static string NameOf(string operation, Texts texts) => texts.Has("operation." + operation) ? texts["operation." + operation] : operation;
}
