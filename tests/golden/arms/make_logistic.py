"""Writes logistic.json: regressions and a whole pipeline of imputing, scaling and regression by scikit-learn.

Run with scikit-learn 1.2.1 and NumPy 1.24.2: python3 make_logistic.py
"""
import json
from pathlib import Path

import numpy as np
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

rng = np.random.default_rng(20240607)


def regression(c, weights, solver="newton-cg"):
    """The same minimum as by default; L-BFGS stops some 1e-5 to 1e-4 away from it, where the loss no longer falls in float64."""
    return LogisticRegression(
        C=c, solver=solver, tol=1e-8, max_iter=100_000, multi_class="auto", class_weight=weights
    )


def draw(rows, columns, classes, noise):
    x = rng.normal(size=(rows, columns)) * rng.uniform(0.5, 2, columns) + rng.normal(size=columns)
    logits = x @ rng.normal(size=(columns, classes)) + rng.normal(size=classes)
    return x, np.argmax(logits + noise * rng.gumbel(size=logits.shape), axis=1)


def case(name, rows, columns, classes, c, weights=None, noise=1.0):
    x, y = draw(rows, columns, classes, noise)
    assert set(y) == set(range(classes)), name
    model = regression(c, weights).fit(x, y)
    default = regression(c, weights, "lbfgs").fit(x, y)
    assert np.allclose(model.coef_, default.coef_, rtol=1e-3, atol=1e-3), name
    return {
        "name": name,
        "columns": columns,
        "rows": x.ravel().tolist(),
        "labels": y.tolist(),
        "weights": "balanced" if weights == "balanced" else "none",
        "inversePenalty": c,
        # [classes, columns], or [1, columns] for two classes.
        "coefficients": model.coef_.tolist(),
        "intercepts": model.intercept_.tolist(),
        "probabilities": model.predict_proba(x[:5]).tolist(),
    }


def pipeline(classes, weights):
    """The last column is never known in training; a tenth of the others is missing."""
    x, y = draw(60, 5, classes, 1.0)
    x[rng.random(x.shape) < 0.1] = np.nan
    x[:, 4] = 3.0
    x[:40, 4] = np.nan
    imputer = SimpleImputer(strategy="median", keep_empty_features=True)
    model = make_pipeline(imputer, StandardScaler(), regression(1, weights)).fit(x[:40], y[:40])
    x32 = x.astype(np.float32)
    return {
        "rows": [[None if np.isnan(v) else float(v) for v in row] for row in x32],
        "labels": y.tolist(),
        "trains": 40,
        "weights": "balanced" if weights == "balanced" else "none",
        "probabilities": model.predict_proba(x32).tolist(),
    }


cases = [
    case("two classes", 80, 3, 2, 1),
    case("two classes, balanced", 90, 5, 2, 1, "balanced"),
    case("two classes, weak penalty", 200, 4, 2, 100, noise=3.0),
    case("two classes that a line divides", 30, 2, 2, 10, noise=0.0),
    case("two classes, strong penalty", 40, 2, 2, 0.01),
    case("three classes", 120, 4, 3, 1),
    case("four classes, balanced", 150, 5, 4, 0.3, "balanced"),
]
out = {"cases": cases, "pipelines": [pipeline(2, "balanced"), pipeline(3, None)]}
Path(__file__).with_name("logistic.json").write_text(json.dumps(out) + "\n")
