import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from sklearn.datasets import load_wine
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import ConfusionMatrixDisplay, accuracy_score
from sklearn.model_selection import train_test_split

features, labels = load_wine(return_X_y=True)
train_x, test_x, train_y, test_y = train_test_split(features, labels, test_size=0.3, random_state=1)
model = RandomForestClassifier(n_estimators=10, max_depth=2, random_state=1).fit(train_x, train_y)
predicted = model.predict(test_x)

with open("metrics.txt", "w") as file:
    file.write(f"Accuracy: {accuracy_score(test_y, predicted):.4f}\n")

ConfusionMatrixDisplay.from_predictions(test_y, predicted)
plt.savefig("confusion_matrix.png")
